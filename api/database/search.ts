import type { Reads } from './reads';
import { empty, raw, sql, type Sql } from './sql';

/** Searchable tables, with the singular that their index tables are named after. */
const SEARCHED = { items: 'item', recipes: 'recipe' };

/** Limits of a search: words, and characters of a word. Anything beyond is ignored. */
const MAX_WORDS = 12;
const MAX_WORD_LENGTH = 64;
/** Number of matches from which on they are not named by id. */
const MANY_MATCHES = 2000;

/**
 * Splits a search into its words, which consist of letters and digits.
 * @returns null for an empty search, which finds everything; an empty list, as of `!?`, finds nothing
 */
export function toWords(search: string | null | undefined): string[] | null {
  if (!search?.trim()) return null;
  const words = search.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  return [...new Set(words)]
    .slice(0, MAX_WORDS)
    .map((word) => [...word].slice(0, MAX_WORD_LENGTH).join(''));
}

/** Which rows to list: those of one neighborhood, newest first, after a cursor. */
export type ListScan = {
  table: keyof typeof SEARCHED;
  /** Alias of the table in the statement, as `i`. */
  alias: string;
  neighborhoodId: string;
  /** At least one word, all of which it must hold, or begin a word of it; null for all rows. */
  words: readonly string[] | null;
  /** The id of the last row before; null at the beginning. */
  after: string | null;
};

/** Parts of a statement: `from x ${tables} where ${where} order by ${newestFirst}`. */
export type ListScanSql = { tables: Sql; where: Sql; newestFirst: Sql };

/**
 * Builds the parts of a statement that lists rows on this database, with or without words
 * (docs/decisions/0009-full-text-search.md). Words can hold any characters: they are
 * never parsed as syntax.
 */
export async function listScan(
  reads: Reader,
  scan: ListScan,
): Promise<ListScanSql> {
  if (!scan.words) return scanAll(scan);
  const words = { ...scan, words: scan.words };
  return reads.dialect === 'sqlite'
    ? scanFts5(words)
    : scanTsvector(reads, words);
}

type Reader = Pick<Reads, 'dialect' | 'all'>;
type WordScan = ListScan & { words: readonly string[] };

const scanAll = ({
  table,
  alias,
  neighborhoodId,
  after,
}: ListScan): ListScanSql => {
  const row = raw(alias);
  return {
    tables: sql`cross join ${raw(table)} ${row}`,
    where: sql`${row}.neighborhood_id = ${neighborhoodId} ${after ? sql`and ${row}.id < ${after}` : empty}`,
    newestFirst: sql`${row}.id desc`,
  };
};

/** SQLite returns the newest matches first, and only as many as are fetched. */
function scanFts5(scan: WordScan): ListScanSql {
  const { table, neighborhoodId, words, after } = scan;
  const [row, name] = [raw(scan.alias), raw(SEARCHED[table])];
  const all = words.map((word) => `"${word}" *`).join(' AND ');
  const query = `neighborhood : "${neighborhoodId.replaceAll('-', '')}" AND words : (${all})`;
  const before = sql`and ${name}_words.rowid < (select place from ${name}_places where ${name}_id = ${after})`;
  return {
    tables: sql`cross join ${name}_words cross join ${name}_places p cross join ${raw(table)} ${row}`,
    where: sql`${name}_words match ${query} ${after ? before : empty}
      and p.place = ${name}_words.rowid and ${row}.id = p.${name}_id`,
    newestFirst: sql`${name}_words.rowid desc`,
  };
}

/**
 * PostgreSQL cannot estimate how many rows match a prefix, and would scan all of them. So the matches
 * are read first: a few are named by id, and among many a scan finds the next one soon.
 */
async function scanTsvector(
  reads: Reader,
  scan: WordScan,
): Promise<ListScanSql> {
  const { table, neighborhoodId, words, after } = scan;
  const [row, name] = [raw(scan.alias), raw(SEARCHED[table])];
  const query = words
    .map(withoutAccents)
    .filter(Boolean)
    .map((word) => `'${word}':*`)
    .join(' & ');
  const matches = sql`w.words @@ (to_tsquery('simple', ${query}) && cast(${`'@${neighborhoodId}'`} as tsquery))`;
  const found = await reads.all<{ id: string }>(
    sql`select w.${name}_id as id from ${name}_words w
    where ${matches} ${after ? sql`and w.${name}_id < ${after}` : empty} limit ${MANY_MATCHES}`,
  );
  const all = scanAll(scan);
  // A scalar subquery is evaluated row by row, in the order of the scan.
  const holds = sql`(select ${matches} from ${name}_words w where w.${name}_id = ${row}.id)`;
  if (found.length === MANY_MATCHES)
    return { ...all, where: sql`${all.where} and ${holds}` };
  const ids = `{${found.map(({ id }) => id).join(',')}}`;
  return { ...all, where: sql`${row}.id = any(cast(${ids} as uuid[]))` };
}

/** As the function `searchable` of the PostgreSQL migration does it. */
const withoutAccents = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');
