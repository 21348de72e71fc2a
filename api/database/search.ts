import type { Parameter, Reads } from './reads';

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
export type WalkSql = {
  tables: string;
  where: string;
  parameters: Parameter[];
  newestFirst: string;
};

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

const alongAll = ({ table, alias, neighborhoodId, after }: Walk): WalkSql => ({
  tables: `cross join ${table} ${alias}`,
  where: `${alias}.neighborhood_id = ? ${after ? `and ${alias}.id < ?` : ''}`,
  parameters: [neighborhoodId, ...(after ? [after] : [])],
  newestFirst: `${alias}.id desc`,
});

/** SQLite gives the newest matches first and only as many as are taken, however many there are. */
function alongFts5(walk: WordWalk): WalkSql {
  const { table, alias, neighborhoodId, words, after } = walk;
  const name = SEARCHED[table];
  const all = words.map((word) => `"${word}" *`).join(' AND ');
  const before = `and ${name}_words.rowid < (select place from ${name}_places where ${name}_id = ?)`;
  return {
    tables: `cross join ${name}_words cross join ${name}_places p cross join ${table} ${alias}`,
    where: `${name}_words match ? ${after ? before : ''}
      and p.place = ${name}_words.rowid and ${alias}.id = p.${name}_id`,
    parameters: [
      `neighborhood : "${neighborhoodId.replaceAll('-', '')}" AND words : (${all})`,
      ...(after ? [after] : []),
    ],
    newestFirst: `${name}_words.rowid desc`,
  };
}

/**
 * PostgreSQL cannot know how many rows hold the beginning of a word, and would rather walk along
 * all of them. So it is asked first: few matches are named, and among many the next is never far.
 */
async function alongTsvector(reads: Reader, walk: WordWalk): Promise<WalkSql> {
  const { table, alias, neighborhoodId, words, after } = walk;
  const name = SEARCHED[table];
  const matches = `w.words @@ (to_tsquery('simple', ?) && cast(? as tsquery))`;
  const query = [
    words
      .map(withoutAccents)
      .filter(Boolean)
      .map((word) => `'${word}':*`)
      .join(' & '),
    `'@${neighborhoodId}'`,
  ];
  const before = after ? [after] : [];
  const found = await reads.all<{ id: string }>(
    `select w.${name}_id as id from ${name}_words w
    where ${matches} ${after ? `and w.${name}_id < ?` : ''} limit ?`,
    [...query, ...before, MANY],
  );
  const all = alongAll(walk);
  // A subquery that gives a value is asked for one row after the other, in the order of the walk.
  const holds = `(select ${matches} from ${name}_words w where w.${name}_id = ${alias}.id)`;
  return found.length === MANY
    ? {
        ...all,
        where: `${all.where} and ${holds}`,
        parameters: [...all.parameters, ...query],
      }
    : {
        ...all,
        where: `${alias}.id = any(cast(? as uuid[]))`,
        parameters: [`{${found.map(({ id }) => id).join(',')}}`],
      };
}

/** As the function `searchable` of the PostgreSQL migration does it. */
const withoutAccents = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');
