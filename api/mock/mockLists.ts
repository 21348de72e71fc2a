import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isObjectType,
  type GraphQLNamedOutputType,
} from 'graphql';
import type { Context } from '../context';
import { toConnection, toPage } from '../pagination';
import { mockId } from './mockIds';
import { Link, MockObject, type Values } from './objects';
import type { Place } from './place';
import { integer, sample } from './random';
import type { Row } from './rows.reads';
import { fieldsFrom, isModel, rowsOf, type Thing, type World } from './world';

/** Numbers of entries: of a connection of Query, of another connection, and of a list. */
const SIZES = { root: [23, 40], connection: [4, 12], list: [3, 6] } as const;

/** Returns the type of a connection's nodes; null where a type is no connection (Relay). */
export function nodeTypeOf(
  type: GraphQLNamedOutputType,
): GraphQLNamedOutputType | null {
  if (!isObjectType(type)) return null;
  const { edges, pageInfo } = type.getFields();
  const edge = edges && getNamedType(edges.type);
  const node = isObjectType(edge) ? edge.getFields().node : undefined;
  return node && pageInfo ? getNamedType(node.type) : null;
}

/**
 * Makes up a page of a connection. The entries are in the order of their ids, so that a cursor stays where
 * it is when entries are added or removed.
 * @throws BadUserInput for an invalid page, as the API does
 */
export async function connectionOf(
  world: World,
  place: Place,
  context: Context,
) {
  const node = nodeTypeOf(getNamedType(place.field.type));
  if (!node) throw new Error(`${place.text} is no connection`);
  const page = toPage(place.args);
  const all = await listOf(world, node.name, place, context);
  const { after, first } = page;
  const rest = all.filter(({ id }) => after === null || id < after);
  return {
    ...toConnection(rest.slice(0, first + 1), page),
    totalCount: all.length,
  };
}

/** Makes up a list of objects, the newest first. */
export async function listOf(
  world: World,
  typeName: string,
  place: Place,
  context: Context,
): Promise<Thing[]> {
  const type = world.schema.getType(typeName);
  if (isAbstractType(type)) {
    const lists = await Promise.all(
      world.schema
        .getPossibleTypes(type)
        .map(({ name }) => listOf(world, name, place, context)),
    );
    return newestFirst(lists.flatMap((list) => list.slice(0, 2)));
  }
  return isModel(typeName)
    ? newestFirst(await someRows(world, typeName, place, context))
    : newestFirst(objectsAt(world, typeName, place));
}

const newestFirst = (things: Thing[]) =>
  things.sort((one, other) => (one.id < other.id ? 1 : -1));

/** Chooses the rows that belong to the object with the field, as the items of their owner; else any. */
async function someRows(
  world: World,
  type: string,
  place: Place,
  context: Context,
): Promise<Row[]> {
  const { parent, text } = place;
  const rows = (await rowsOf(world, type, context)).filter((row) =>
    isAskedFor(row, conditionsOf(place)),
  );
  const isConnection = nodeTypeOf(getNamedType(place.field.type)) !== null;
  if (parent.id === null && isConnection) return rows;
  const own = rows.filter((row) =>
    Object.entries(row).some(
      ([name, value]) => name !== 'id' && value === parent.id,
    ),
  );
  if (parent.id !== null && own.length > 0) return own;
  const count = integer(`${text} count`, ...SIZES.list);
  return sample(text, rows, count, ({ id }) => String(world.order[id] ?? id));
}

/** Returns the arguments of a field, and those of its filter. */
const conditionsOf = ({ args }: Place): Values => ({
  ...args,
  ...(typeof args.filter === 'object' ? args.filter : {}),
});

/** Tells whether a row has the values of those arguments that are named as one of its properties. */
const isAskedFor = (row: Row, conditions: Values) =>
  Object.entries(row).every(
    ([name, value]) =>
      conditions[name] == null ||
      typeof value === 'object' ||
      value === conditions[name],
  );

/** Makes up the objects of a list, with those that mutations have created. */
function objectsAt(world: World, type: string, place: Place): MockObject[] {
  const { objects } = world;
  const { text } = place;
  const count = integer(`${text} count`, ...sizeOf(place));
  const drawn = Array.from(
    { length: count },
    (_, index) => new MockObject(type, mockId(type, text, index)),
  ).filter(({ id }) => !objects.isRemoved(id));
  const given = givenValues(world, type, place);
  for (const { id } of drawn) objects.setMissing(type, id, given);
  return [...objects.created(type), ...drawn].filter(({ id }) =>
    Object.entries(given).every(([name, value]) => {
      const own = objects.get(type, id, name);
      return own === undefined || isSame(own, value);
    }),
  );
}

function sizeOf({ field, parent }: Place): readonly [number, number] {
  if (!nodeTypeOf(getNamedType(field.type))) return SIZES.list;
  return parent.id === null ? SIZES.root : SIZES.connection;
}

const isSame = (one: unknown, other: unknown) =>
  JSON.stringify(one) === JSON.stringify(other);

/** Returns what is known of the objects at a place: the arguments, and the object that has the field. */
export function givenValues(world: World, type: string, place: Place): Values {
  const { parent } = place;
  const back = world.schema.getType(type);
  const fields = isObjectType(back) ? Object.values(back.getFields()) : [];
  const links = fields
    .filter(
      (field) =>
        parent.id !== null &&
        !isLeafType(getNamedType(field.type)) &&
        !isListType(getNullableType(field.type)) &&
        getNamedType(field.type).name === parent.type,
    )
    .slice(0, 1)
    .map(({ name }) => [name, new Link(parent.type, String(parent.id))]);
  return {
    ...fieldsFrom(world, type, conditionsOf(place)),
    ...(Object.fromEntries(links) as Values),
  };
}
