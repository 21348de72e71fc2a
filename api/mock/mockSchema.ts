import { makeExecutableSchema } from '@graphql-tools/schema';
import { MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  buildASTSchema,
  defaultTypeResolver,
  getNamedType,
  GraphQLInterfaceType,
  GraphQLUnionType,
  isAbstractType,
  isNullableType,
  parse,
  validateSchema,
  type GraphQLFieldConfig,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
} from 'graphql';
import { validateSDL } from 'graphql/validation/validate';
import type { Context } from '../context';
import { enforceRules } from '../graphql/schema';
import { fittingResolvers } from './fittingResolvers';
import { mockEvents } from './mockEvents';
import { mockField } from './mockField';
import { keepInput, mockMutation } from './mockMutation';
import { MockObject } from './objects';
import { idOf } from './place';
import { currentValidators } from './validators';
import { typeOf, type World } from './world';

type Field = GraphQLFieldConfig<unknown, Context>;
type Resolver = GraphQLFieldResolver<unknown, Context, Record<string, unknown>>;

/**
 * Builds a schema with the resolvers of the API, in which the fields that have none are made up. Access,
 * rates, inputs and sizes are checked as in the API.
 * @param text of the schema
 * @param world what is made up for it
 * @param warn called with a sentence about each resolver that is left out, and each input that is not checked
 * @throws Error that names each mistake in the schema with its line
 */
export function buildMockSchema(
  text: string,
  world: Omit<World, 'schema'>,
  warn: (sentence: string) => void,
): GraphQLSchema {
  const plain = parseSchema(text);
  const schema = makeExecutableSchema({
    typeDefs: text,
    resolvers: fittingResolvers(plain, (name) => {
      warn(`${name} has a resolver, but is not in schema.graphql`);
    }),
  });
  const validators = currentValidators(schema, (name) => {
    warn(
      `The @constraint of ${name} is not checked before code is generated for it (npm run codegen)`,
    );
  });
  return enforceRules(complete({ ...world, schema }), validators);
}

function parseSchema(text: string): GraphQLSchema {
  const document = parse(text);
  const mistakes = validateSDL(document);
  if (mistakes.length > 0) throw new AggregateError(mistakes);
  const schema = buildASTSchema(document, { assumeValid: true });
  const more = validateSchema(schema);
  if (more.length > 0) throw new AggregateError(more);
  return schema;
}

/** Gives every field without a resolver one that makes up its value. */
function complete(world: World): GraphQLSchema {
  const mock: Resolver = (source, args, context, info) =>
    mockField(world, source, args, context, info);
  return mapSchema(world.schema, {
    [MapperKind.OBJECT_FIELD]: (field: Field) => ({
      ...field,
      resolve: withMock(world, field.resolve, mock),
    }),
    [MapperKind.MUTATION_ROOT_FIELD]: (field: Field) => ({
      ...field,
      resolve: field.resolve
        ? keeping(world, field.resolve)
        : (_, args: Record<string, unknown>, context: Context, info) =>
            mockMutation(world, args, context, info),
    }),
    [MapperKind.SUBSCRIPTION_ROOT_FIELD]: (field: Field) =>
      field.subscribe
        ? field
        : { ...field, subscribe: mockEvents, resolve: mock },
    [MapperKind.INTERFACE_TYPE]: (type) =>
      new GraphQLInterfaceType({
        ...type.toConfig(),
        resolveType: withTypes(type.resolveType),
      }),
    [MapperKind.UNION_TYPE]: (type) =>
      new GraphQLUnionType({
        ...type.toConfig(),
        resolveType: withTypes(type.resolveType),
      }),
  });
}

/** Leaves a field to its resolver, except for objects that are made up, and takes removed objects out. */
const withMock =
  (world: World, resolve: Resolver | undefined, mock: Resolver): Resolver =>
  async (source, args, context, info) => {
    const real = source instanceof MockObject ? undefined : resolve;
    const value: unknown = await (real ?? mock)(source, args, context, info);
    // The resolver of `node` does not know the new types.
    const isElsewhere =
      value == null &&
      typeof args.id === 'string' &&
      isAbstractType(getNamedType(info.returnType));
    return withoutRemoved(
      world,
      isElsewhere ? await mock(source, args, context, info) : value,
      info,
    );
  };

/** Takes removed objects out of lists and connections; a removed object itself is null where it may be. */
function withoutRemoved(
  { objects }: World,
  value: unknown,
  { parentType, returnType }: Parameters<Resolver>[3],
): unknown {
  const isRemoved = (each: unknown) => objects.isRemoved(idOf(each) ?? '');
  if (Array.isArray(value))
    return value.filter(
      (each: unknown) => !isRemoved(each) && !isRemoved(nodeOf(each)),
    );
  // The payload of the mutation that has removed it shows it in its last state.
  const isLast = parentType.name.endsWith('Payload');
  return isRemoved(value) && !isLast && isNullableType(returnType)
    ? null
    : value;
}

const nodeOf = (edge: unknown): unknown =>
  typeof edge === 'object' && edge !== null && 'node' in edge
    ? edge.node
    : null;

/** Keeps what the resolver of a mutation does not know of its input. */
const keeping =
  (world: World, resolve: Resolver): Resolver =>
  async (source, args, context, info) => {
    const payload: unknown = await resolve(source, args, context, info);
    keepInput(world, args, payload, info);
    return payload;
  };

/** Names the types of objects that were made up, or chosen among the rows. */
const withTypes =
  (
    resolveType: GraphQLTypeResolver<unknown, Context> | null | undefined,
  ): GraphQLTypeResolver<unknown, Context> =>
  (value, ...rest) =>
    typeOf(value) ?? (resolveType ?? defaultTypeResolver)(value, ...rest);
