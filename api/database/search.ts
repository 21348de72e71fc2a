import type { Reads } from './reads';
import { empty, raw, sql, type Sql } from './sql';

/** Searchable tables, with the singular that their index tables are named after. */
const SEARCHED = {
  items: 'item',
  recipes: 'recipe',
  neighborhoods: 'neighborhood',
};

/** Number of matches from which on they are not named by id. */
const MANY_MATCHES = 2000;

/** Which rows to list, newest first, after a cursor. */
export type ListScan = {
  table: keyof typeof SEARCHED;
  /** Alias of the table in the statement, as `i`. */
  alias: string;
  /** Only rows of this neighborhood; required for the tables that have one. */
  neighborhoodId?: string;
  /** At least one word as `toWords` returns it, all of which a row must have; null for all rows. */
  words: readonly string[] | null;
  /** The id of the last row before, which may be deleted; null at the beginning. */
  after: string | null;
};

/** Parts of a statement: `from ${tables} where ${where} order by ${newestFirst}`. */
export type ListScanSql = { tables: Sql; where: Sql; newestFirst: Sql };

/**
 * Builds the parts of a statement that lists rows on this database, with or without words
 * (docs/decisions/0009-full-text-search.md).
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
  const own = neighborhoodId
    ? sql`${row}.neighborhood_id = ${neighborhoodId}`
    : sql`true`;
  return {
    tables: sql`${raw(table)} ${row}`,
    where: sql`${own} ${after ? sql`and ${row}.id < ${after}` : empty}`,
    newestFirst: sql`${row}.id desc`,
  };
};

/** SQLite returns the newest matches first, and only as many as are fetched. */
function scanFts5(scan: WordScan): ListScanSql {
  const { table, neighborhoodId, words, after } = scan;
  const [row, name] = [raw(scan.alias), raw(SEARCHED[table])];
  // FTS5 splits a string at spaces, as the text was, into tokens that must follow each other.
  const all = words.map((word) => `"${word}" *`).join(' AND ');
  const query = neighborhoodId
    ? `neighborhood : "${neighborhoodId.replaceAll('-', '')}" AND words : (${all})`
    : all;
  // Where the last row is deleted, the list continues with the next older one.
  const before = sql`and ${name}_words.rowid < coalesce(
    (select place from ${name}_places where ${name}_id = ${after}),
    (select place + 1 from ${name}_places where ${name}_id < ${after} order by ${name}_id desc limit 1), 0)`;
  return {
    tables: sql`${name}_words cross join ${name}_places p cross join ${raw(table)} ${row}`,
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
  const all = words.map((word) => `'${word.replaceAll(' ', "' <-> '")}':*`);
  const query = neighborhoodId ? [...all, `'@${neighborhoodId}'`] : all;
  const matches = sql`w.words @@ cast(${query.join(' & ')} as tsquery)`;
  const found = await reads.all<{ id: string }>(
    sql`select w.${name}_id as id from ${name}_words w
    where ${matches} ${after ? sql`and w.${name}_id < ${after}` : empty} limit ${MANY_MATCHES}`,
  );
  const every = scanAll(scan);
  // A scalar subquery is evaluated row by row, in the order of the scan.
  const holds = sql`(select ${matches} from ${name}_words w where w.${name}_id = ${row}.id)`;
  if (found.length === MANY_MATCHES)
    return { ...every, where: sql`${every.where} and ${holds}` };
  const ids = `{${found.map(({ id }) => id).join(',')}}`;
  return { ...every, where: sql`${row}.id = any(cast(${ids} as uuid[]))` };
}
