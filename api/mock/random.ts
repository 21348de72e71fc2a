import { createHash } from 'node:crypto';

/** Digest of a text, as 64 hexadecimal digits. Everything that the mock server makes up is drawn from one. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex');

/** Draws a number from 0 to less than 1; the same text always draws the same. */
export const fraction = (text: string): number =>
  parseInt(digest(text).slice(0, 8), 16) / 2 ** 32;

/** Draws a whole number, `min` and `max` included. */
export const integer = (text: string, min: number, max: number): number =>
  min + Math.floor(fraction(text) * (max - min + 1));

/**
 * Draws an entry of a list.
 * @throws Error for an empty list
 */
export function pick<Entry>(text: string, entries: readonly Entry[]): Entry {
  const entry = entries[integer(text, 0, entries.length - 1)];
  if (entry === undefined) throw new Error(`Nothing to draw from: ${text}`);
  return entry;
}

/** Draws `count` entries. An entry that is added to the list leaves the others in their order. */
export const sample = <Entry>(
  text: string,
  entries: readonly Entry[],
  count: number,
  keyOf: (entry: Entry) => string,
): Entry[] =>
  entries
    .map((entry) => ({ entry, rank: digest(`${text} ${keyOf(entry)}`) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .slice(0, count)
    .map(({ entry }) => entry);
