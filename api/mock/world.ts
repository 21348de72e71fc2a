import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Context } from '../context';
import { Link, MockObject, type Objects } from './objects';
import { MODELS, readRows, type Row } from './rows.reads';

/** The knowledge of the mock server: the schema, what mutations have changed, and the rows of the database. */
export type World = {
  schema: GraphQLSchema;
  objects: Objects;
  /** Numbers of the seed's rows by their ids. */
  order: Readonly<Record<string, number>>;
};

/** Object of the API: a row, or made up. */
export type Thing = Row | MockObject;

/** Tells whether the objects of a type are rows of the database. */
export const isModel = (type: string): boolean => Object.hasOwn(MODELS, type);

/** Names of the types of rows that were found, as a row does not say of which type it is. */
const typesOfRows = new WeakMap<object, string>();

/** Returns the name of the type of an object that the mock server has found or made up. */
export const typeOf = (thing: unknown): string | undefined =>
  thing instanceof MockObject ? thing.type : typesOfRows.get(thing as object);

/** Lists the rows of a type that the viewer can see and that no mutation has removed, the newest first. */
export async function rowsOf(
  { objects }: World,
  type: string,
  context: Context,
): Promise<Row[]> {
  const rows = await readRows(type, context);
  for (const row of rows) typesOfRows.set(row, type);
  return rows
    .filter(({ id }) => !objects.isRemoved(id))
    .sort((one, other) => (one.id < other.id ? 1 : -1));
}

/** Finds an object by its id. @returns null where there is none, or the viewer cannot see it */
export async function find(
  world: World,
  type: string,
  id: string,
  context: Context,
): Promise<Thing | null> {
  if (!isModel(type))
    return world.objects.exists(type, id) ? new MockObject(type, id) : null;
  const rows = await rowsOf(world, type, context);
  return rows.find((row) => row.id === id.toLowerCase()) ?? null;
}

/** Resolves a stored value. @returns undefined where it links to an object that is not there */
export async function follow(
  world: World,
  value: unknown,
  context: Context,
): Promise<unknown> {
  if (!(value instanceof Link)) return value;
  return (await find(world, value.type, value.id, context)) ?? undefined;
}

/**
 * Takes those values that a type has fields for: `title` for the field `title`, and `itemId` for the field
 * `item`. The id itself is not taken.
 * @param values of an input or of arguments; null counts as not given
 */
export function fieldsFrom(
  { schema }: World,
  typeName: string,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return {};
  const found = Object.values(type.getFields()).flatMap(
    (field): [string, unknown][] => {
      if (field.name === 'id') return [];
      const named = getNamedType(field.type);
      const value = values[field.name];
      if (isLeafType(named)) return value == null ? [] : [[field.name, value]];
      const id = values[`${field.name}Id`];
      return typeof id === 'string' && !isListType(getNullableType(field.type))
        ? [[field.name, new Link(named.name, id)]]
        : [];
    },
  );
  return Object.fromEntries(found);
}
