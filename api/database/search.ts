import type { Reads } from './reads';
import { empty, raw, sql, type Sql } from './sql';

/** What can be searched by words, and the singular that its tables of words are named after. */
const SEARCHED = { items: 'item', recipes: 'recipe' };

/** How many words of a search count, and how many characters of a word. */
const MOST_WORDS = 12;
const MOST_LETTERS = 64;
/** So many matches are many. */
const MANY = 2000;

/**
 * The words of what somebody has typed: letters and digits, whatever stands between them.
 * @returns null where nothing was typed, which finds everything; no words, as out of `!?`, find
 * nothing
 */
export function toWords(search: string | null | undefined): string[] | null {
  if (!search?.trim()) return null;
  const words = search.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  return [...new Set(words)]
    .slice(0, MOST_WORDS)
    .map((word) => [...word].slice(0, MOST_LETTERS).join(''));
}

/** What to walk along: the rows of one neighborhood, newest first, after a cursor. */
export type Walk = {
  table: keyof typeof SEARCHED;
  /** What the table is called in the statement, as `i`. */
  alias: string;
  neighborhoodId: string;
  /** At least one word, all of which it must hold, or begin a word of it; null for all rows. */
  words: readonly string[] | null;
  /** The id of the last row before; null at the beginning. */
  after: string | null;
};

/** Parts of a statement: `from x ${tables} where ${where} order by ${newestFirst}`. */
export type WalkSql = { tables: Sql; where: Sql; newestFirst: Sql };

/**
 * How to walk along rows on this database, with or without words
 * (docs/decisions/0009-full-text-search.md). Words can be anything: they are never taken for
 * syntax.
 */
export async function walkAlong(reads: Reader, walk: Walk): Promise<WalkSql> {
  if (!walk.words) return alongAll(walk);
  const words = { ...walk, words: walk.words };
  return reads.dialect === 'sqlite'
    ? alongFts5(words)
    : alongTsvector(reads, words);
}

type Reader = Pick<Reads, 'dialect' | 'all'>;
type WordWalk = Walk & { words: readonly string[] };

const alongAll = ({ table, alias, neighborhoodId, after }: Walk): WalkSql => {
  const row = raw(alias);
  return {
    tables: sql`cross join ${raw(table)} ${row}`,
    where: sql`${row}.neighborhood_id = ${neighborhoodId} ${after ? sql`and ${row}.id < ${after}` : empty}`,
    newestFirst: sql`${row}.id desc`,
  };
};

/** SQLite gives the newest matches first and only as many as are taken, however many there are. */
function alongFts5(walk: WordWalk): WalkSql {
  const { table, neighborhoodId, words, after } = walk;
  const [row, name] = [raw(walk.alias), raw(SEARCHED[table])];
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
 * PostgreSQL cannot know how many rows hold the beginning of a word, and would rather walk along
 * all of them. So it is asked first: few matches are named, and among many the next is never far.
 */
async function alongTsvector(reads: Reader, walk: WordWalk): Promise<WalkSql> {
  const { table, neighborhoodId, words, after } = walk;
  const [row, name] = [raw(walk.alias), raw(SEARCHED[table])];
  const query = words
    .map(withoutAccents)
    .filter(Boolean)
    .map((word) => `'${word}':*`)
    .join(' & ');
  const matches = sql`w.words @@ (to_tsquery('simple', ${query}) && cast(${`'@${neighborhoodId}'`} as tsquery))`;
  const found = await reads.all<{ id: string }>(
    sql`select w.${name}_id as id from ${name}_words w
    where ${matches} ${after ? sql`and w.${name}_id < ${after}` : empty} limit ${MANY}`,
  );
  const all = alongAll(walk);
  // A subquery that gives a value is asked for one row after the other, in the order of the walk.
  const holds = sql`(select ${matches} from ${name}_words w where w.${name}_id = ${row}.id)`;
  if (found.length === MANY)
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
