import { digest } from './random';

/** Before the first part of every id of a new object, so that new objects come first in lists. */
const NEWEST = 0x00ffffff;

/**
 * Makes the id of an object of a type without a model. Sorted backwards, the ids of a place are in the
 * order of their index. The id carries its index and a checksum, so that it is recognized after a restart.
 * @param place the field with the list of which it is an entry
 */
export function mockId(type: string, place: string, index: number): string {
  const rank = (NEWEST - index).toString(16).padStart(8, '0');
  const drawn = digest(`${type} ${place}`);
  const head = `${rank}-${drawn.slice(0, 4)}-8${drawn.slice(4, 7)}-8${drawn.slice(7, 10)}`;
  return `${head}-${checksum(type, head)}`;
}

/** Returns the index of an object in its list; null where `mockId` has not made the id for this type. */
export function mockIndex(type: string, id: string): number | null {
  const head = id.slice(0, 23);
  return id.slice(24) === checksum(type, head)
    ? NEWEST - parseInt(id.slice(0, 8), 16)
    : null;
}

const checksum = (type: string, head: string) =>
  digest(`${type} ${head}`).slice(0, 12);
