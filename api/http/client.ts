/** A client as it names itself; nothing proves it. */
export type Client = { name: string; version: string };

/** Headers in which clients name themselves, as Apollo's clients do. */
const HEADERS = {
  name: 'apollographql-client-name',
  version: 'apollographql-client-version',
} as const;

/** Names are short, and harmless in logs and metrics. */
const NAME = /^[\w@][\w@/. -]{0,63}$/;
const VERSION = /^[\w.+-]{1,32}$/;

/**
 * Reads the name and version of a client.
 * @param sources headers, or parameters of a socket; the first that has a valid text wins
 * @returns `unknown` for each that is missing or malformed
 */
export function clientOf(...sources: unknown[]): Client {
  const find = (header: string, pattern: RegExp) =>
    sources
      .map((source) => textOf(source, header))
      .find((text) => text !== null && pattern.test(text)) ?? 'unknown';
  return {
    name: find(HEADERS.name, NAME),
    version: find(HEADERS.version, VERSION),
  };
}

function textOf(source: unknown, header: string): string | null {
  if (typeof source !== 'object' || source === null) return null;
  const value: unknown = Object.hasOwn(source, header)
    ? (source as Record<string, unknown>)[header]
    : null;
  return typeof value === 'string' ? value : null;
}
