import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql';
import type { Context } from '../context';
import { BadUserInput, UserErrors } from '../errors';
import { untranslated } from '../language/text';
import { mockField } from './mockField';
import { Link, type Values } from './objects';
import { idOf } from './place';
import {
  fieldsFrom,
  find,
  follow,
  isModel,
  type Thing,
  type World,
} from './world';

type Field = GraphQLField<unknown, unknown>;

/** Names of mutations that take an object out of all lists. */
const REMOVES = /^(delete|remove)/;

/**
 * Resolves a mutation that has no resolver: changes, removes or creates the objects of its payload by its
 * input.
 * @throws UserErrors, or BadUserInput where the payload has no errors, for the id of an object that does not exist or that the viewer cannot see
 */
export async function mockMutation(
  world: World,
  args: Record<string, unknown>,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<unknown> {
  const field = info.parentType.getFields()[info.fieldName];
  if (!field) throw new Error(`No field Mutation.${info.fieldName}`);
  const payload = getNamedType(field.type);
  const hasErrors = isObjectType(payload) && 'errors' in payload.getFields();
  const call: Call = {
    world,
    name: field.name,
    input: inputOf(args),
    hasErrors: hasErrors && 'input' in args,
    context,
  };
  if (!hasErrors) {
    const result = await resultOf(call, field);
    return result ?? mockField(world, undefined, args, context, info);
  }
  const values: Record<string, unknown> = { errors: [] };
  for (const each of Object.values(payload.getFields()))
    if (each.name !== 'errors') {
      const result = await resultOf(call, each);
      // What is left out is made up when it is asked for.
      if (result !== undefined) values[each.name] = result;
    }
  return values;
}

/** Call of a mutation. */
type Call = {
  world: World;
  name: string;
  input: Values;
  /** Whether UserErrors become its payload. */
  hasErrors: boolean;
  context: Context;
};

const inputOf = (args: Values): Values => ({
  ...args,
  ...(typeof args.input === 'object' ? args.input : {}),
});

/** Returns the result of a mutation as a field of its payload; undefined where the input says nothing about it. */
async function resultOf(call: Call, field: Field): Promise<unknown> {
  const { world, input, context } = call;
  const type = getNamedType(field.type);
  if (isLeafType(type))
    return input[field.name] ?? (type.name === 'Boolean' ? true : undefined);
  if (isListType(getNullableType(field.type)) || !isObjectType(type))
    return undefined;
  const key = idName(call, field, type);
  if (key !== undefined) return change(call, type, key);
  if (type.name === 'User' && context.viewer)
    return find(world, 'User', context.viewer.userId, context);
  if (isModel(type.name)) return undefined;
  const given = fieldsFrom(world, type.name, input);
  for (const [name, value] of Object.entries(given))
    if ((await follow(world, value, context)) === undefined)
      throw notFound(call, `${name}Id`);
  return world.objects.create(type.name, {
    ...viewerFields(type, context),
    ...given,
  });
}

/** Finds which value of the input is the id of an object: `loanId`, or `id` for what the mutation is about. */
function idName(
  { name, input }: Call,
  field: Field,
  { name: typeName }: GraphQLObjectType,
): string | undefined {
  const isSubject = name.toLowerCase().endsWith(typeName.toLowerCase());
  const names = [
    `${field.name}Id`,
    `${typeName.charAt(0).toLowerCase()}${typeName.slice(1)}Id`,
    ...(isSubject ? ['id'] : []),
  ];
  return names.find((each) => typeof input[each] === 'string');
}

/** Creates the error for the id of an object that does not exist or that the viewer cannot see. */
function notFound({ hasErrors }: Call, key: string): Error {
  const message = 'It does not exist, or you cannot see it';
  return hasErrors
    ? new UserErrors({
        code: 'NOT_FOUND',
        message: untranslated(message),
        field: [key],
      })
    : new BadUserInput(untranslated(`"${key}": ${message}`));
}

/** Changes or removes an object, and returns it. */
async function change(
  call: Call,
  type: GraphQLObjectType,
  key: string,
): Promise<Thing> {
  const { world, name, input, context } = call;
  const found = await find(world, type.name, String(input[key]), context);
  if (!found) throw notFound(call, key);
  if (REMOVES.test(name) && name.endsWith(type.name))
    world.objects.remove(found.id);
  world.objects.set(type.name, found.id, fieldsFrom(world, type.name, input));
  return found;
}

/** Returns the viewer as the first user of a new object: its author, owner or creator. */
function viewerFields(type: GraphQLObjectType, { viewer }: Context): Values {
  const field = Object.values(type.getFields()).find(
    (each) => getNullableType(each.type).toString() === 'User',
  );
  return field && viewer
    ? { [field.name]: new Link('User', viewer.userId) }
    : {};
}

/**
 * Keeps what a mutation with a resolver was given for fields that have none yet, so that later queries give
 * it.
 * @param payload result of the resolver
 */
export function keepInput(
  world: World,
  args: Record<string, unknown>,
  payload: unknown,
  { returnType }: Pick<GraphQLResolveInfo, 'returnType'>,
): void {
  const type = getNamedType(returnType);
  if (!isObjectType(type) || typeof payload !== 'object') return;
  for (const [name, value] of Object.entries(payload ?? {})) {
    const id = idOf(value);
    const field = type.getFields()[name];
    if (id === null || !field) continue;
    const object = world.schema.getType(getNamedType(field.type).name);
    if (!isObjectType(object)) continue;
    const given = fieldsFrom(world, object.name, inputOf(args));
    const unknown = Object.entries(given).filter(
      ([each]) =>
        !object.getFields()[each]?.resolve && !(each in (value as object)),
    );
    if (unknown.length > 0)
      world.objects.set(object.name, id, Object.fromEntries(unknown));
  }
}
