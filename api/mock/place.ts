import type { GraphQLField, GraphQLResolveInfo } from 'graphql';
import { mockIndex } from './mockIds';
import { MockObject } from './objects';
import { digest, integer } from './random';

/** Field of an object, with its arguments. A place has the same value whenever it is asked for. */
export type Place = {
  /** Names the place: everything at it is drawn from this text. */
  text: string;
  field: GraphQLField<unknown, unknown>;
  args: Readonly<Record<string, unknown>>;
  /** The object that has the field. */
  parent: Parent;
};

/** Object with a field whose value is made up. */
export type Parent = {
  type: string;
  /** Null for an object without one, as Query. */
  id: string | null;
  /** Tells it from others of its type; for a row of the seed, its number. */
  key: string;
  /** Which of the examples of its type's fields are those of this object, and how young it is. */
  index: number;
  /** When it was created, no later than today. */
  createdAt: Date;
};

/** Arguments that choose a part of a list. */
const PAGING = ['first', 'after', 'last', 'before'];

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Finds the place at which a resolver is called. @param order numbers of rows by their ids */
export function placeOf(
  source: unknown,
  args: Readonly<Record<string, unknown>>,
  {
    parentType,
    fieldName,
  }: Pick<GraphQLResolveInfo, 'parentType' | 'fieldName'>,
  order: Readonly<Record<string, number>>,
): Place {
  const field = parentType.getFields()[fieldName];
  if (!field) throw new Error(`No field ${parentType.name}.${fieldName}`);
  const parent = parentOf(source, parentType.name, order);
  const choice = Object.entries(args).filter(
    ([name]) => !PAGING.includes(name),
  );
  const text = [
    `${parent.type}.${fieldName}`,
    parent.key,
    choice.length > 0 ? JSON.stringify(choice) : '',
  ].join(' ');
  return { text, field, args, parent };
}

function parentOf(
  source: unknown,
  type: string,
  order: Readonly<Record<string, number>>,
): Parent {
  const id = idOf(source);
  const key = id === null ? contentOf(source) : String(order[id] ?? id);
  const known =
    source instanceof MockObject ? mockIndex(type, source.id) : null;
  const index = known ?? integer(`${type} ${key} index`, 0, 30);
  return {
    type,
    id,
    key,
    index,
    createdAt: createdAt(source) ?? age(index, `${type} ${key}`),
  };
}

/** Returns the id of a row or a made up object; null for another value. */
export function idOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('id' in value))
    return null;
  return typeof value.id === 'string' ? value.id : null;
}

/** Describes an object without an id by its own values. */
function contentOf(source: unknown): string {
  if (typeof source !== 'object' || source === null) return '';
  const own = Object.entries(source).filter(
    ([, value]) => value === null || typeof value !== 'object',
  );
  return own.length > 0 ? digest(JSON.stringify(own)).slice(0, 12) : '';
}

function createdAt(source: unknown): Date | null {
  if (source instanceof MockObject) return creationOf(source);
  if (typeof source !== 'object' || source === null) return null;
  return 'createdAt' in source && source.createdAt instanceof Date
    ? source.createdAt
    : null;
}

/** Returns when a mutation created an object, by the time in its id (RFC 9562); null for all others. */
const creationOf = ({ id }: MockObject): Date | null =>
  id.charAt(14) === '7'
    ? new Date(parseInt(id.replace('-', '').slice(0, 12), 16))
    : null;

/** Dates an object: the higher its index, the older it is. It was between 7:00 and 21:00 UTC. */
function age(index: number, text: string): Date {
  const days = 1 + Math.floor(index * 1.4);
  const minutes = 7 * 60 + integer(`${text} minutes`, 0, 14 * 60);
  return new Date(startOfDay().getTime() - days * DAY_MS + minutes * MINUTE_MS);
}

/** Returns when today began, in UTC. Made up times are counted from it, so that they last all day. */
export const startOfDay = (): Date =>
  new Date(new Date().setUTCHours(0, 0, 0, 0));
