import { locale } from './texts';

const cached = new Map<string, unknown>();

/**
 * Returns a format of `Intl` for the language in use. Creating one takes long, so it is kept.
 * @param key unique name of the format
 */
export function formatOf<Format>(
  key: string,
  create: (locale: string) => Format,
): Format {
  const tag = locale();
  const name = `${tag} ${key}`;
  const known = cached.get(name) as Format | undefined;
  if (known) return known;
  const created = create(tag);
  cached.set(name, created);
  return created;
}

/** Formats a number. */
export const formatNumber = (number: number): string =>
  formatOf('number', (tag) => new Intl.NumberFormat(tag)).format(number);

/** Lists texts as in a sentence: "a, b, and c". */
export const formatList = (texts: readonly string[]): string =>
  formatOf('list', (tag) => new Intl.ListFormat(tag)).format(texts);
