import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isEnumType,
  isObjectType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { dayIn } from '../calendar';
import type { Context } from '../context';
import { examplesOf } from './examples';
import { leafValue } from './leafValues';
import { mockId } from './mockIds';
import { connectionOf, givenValues, listOf, nodeTypeOf } from './mockLists';
import { MockObject } from './objects';
import type { Place } from './place';
import { integer, pick, sample } from './random';
import { find, isModel, rowsOf, type World } from './world';

/**
 * Makes up the value of a field: by its `@example`, else by its type and name. Of a type that has a model it
 * is a row that the viewer can see, so that the resolvers of the type work on it.
 */
export async function mockValue(
  world: World,
  place: Place,
  context: Context,
): Promise<unknown> {
  const { field, args } = place;
  const today = dayIn('UTC', new Date());
  const examples = examplesOf(world.schema, field, today);
  if (examples.length > 0)
    return examples[place.parent.index % examples.length];
  const type = getNullableType(field.type);
  const named = getNamedType(type);
  const leaf = (text: string) =>
    isLeafType(named) ? leafOf(named, text, place, today) : null;
  if (isListType(type)) {
    if (isLeafType(named)) return listOfLeaves(named, place, leaf);
    return listOf(world, named.name, place, context);
  }
  if (isLeafType(named)) return leaf(place.text);
  if (nodeTypeOf(named)) return connectionOf(world, place, context);
  if (typeof args.id === 'string' && place.parent.id === null)
    return findAny(world, field.type, args.id, context);
  return one(world, field.type, place, context);
}

function leafOf(
  type: GraphQLLeafType,
  text: string,
  place: Place,
  today: string,
): unknown {
  if (!isEnumType(type)) return leafValue(type.name, text, place, today);
  return pick(text, type.getValues()).value;
}

/** Makes up a list without repetitions. */
function listOfLeaves(
  type: GraphQLLeafType,
  place: Place,
  leaf: (text: string) => unknown,
): unknown[] {
  const count = integer(`${place.text} count`, 1, 3);
  if (isEnumType(type)) {
    const values = type.getValues().map(({ value }) => value as unknown);
    return sample(place.text, values, count, String);
  }
  const values = Array.from({ length: count }, (_, index) =>
    leaf(`${place.text} ${index}`),
  );
  return [...new Set(values)];
}

/** Finds an object of a type, or of one of the types of an interface or union, by its id. */
async function findAny(
  world: World,
  type: GraphQLOutputType,
  id: string,
  context: Context,
): Promise<unknown> {
  for (const { name } of objectTypes(world, type)) {
    const found = await find(world, name, id, context);
    if (found) return found;
  }
  return null;
}

const objectTypes = (
  { schema }: World,
  type: GraphQLOutputType,
): readonly GraphQLObjectType[] => {
  const named = getNamedType(type);
  if (isAbstractType(named)) return schema.getPossibleTypes(named);
  return isObjectType(named) ? [named] : [];
};

/** Chooses a row, or makes up an object. */
async function one(
  world: World,
  fieldType: GraphQLOutputType,
  place: Place,
  context: Context,
): Promise<unknown> {
  const type = pick(`${place.text} type`, objectTypes(world, fieldType));
  if (isModel(type.name)) {
    const rows = await rowsOf(world, type.name, context);
    const [row] = sample(place.text, rows, 1, ({ id }) =>
      String(world.order[id] ?? id),
    );
    if (row) return row;
    if (!isNonNullType(fieldType)) return null;
  }
  const id = mockId(type.name, place.text, 0);
  if (world.objects.isRemoved(id) && !isNonNullType(fieldType)) return null;
  world.objects.setMissing(type.name, id, givenValues(world, type.name, place));
  return new MockObject(type.name, id);
}
