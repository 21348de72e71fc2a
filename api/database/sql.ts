import tag, { empty, join, raw, type Sql } from 'sql-template-tag';

/** A value that both SQLite and PostgreSQL take as a parameter. */
export type Parameter = string | number | Date | null;

/**
 * Builds a statement or a part of one. An interpolated value becomes a parameter; interpolated SQL is
 * inserted together with its own parameters, so that a fragment never depends on where it is used.
 * Texts must come out of a bounded set, as each is prepared once and kept. Everything that varies must
 * be a value.
 */
export const sql = (
  strings: TemplateStringsArray,
  ...values: readonly (Parameter | Sql)[]
): Sql => tag(strings, ...values);

/**
 * Lists constants of the code as literals, for an `in (...)`. SQLite uses a partial index only for literals,
 * not for parameters.
 * @param words letters and underscores alone; never user input
 */
export function literals(words: readonly string[]): Sql {
  if (!words.every((word) => /^\w+$/.test(word)))
    throw new Error(`Not constants: ${words.join(', ')}`);
  return raw(words.map((word) => `'${word}'`).join(', '));
}

/**
 * Condition: a select finds a row. It is looked up for each row by itself. As `exists` it may become a join,
 * for which PostgreSQL reads a whole table where it expects more rows than there are.
 * @param rest of the select, from its `from` on
 */
export const existsByLookup = (rest: Sql): Sql =>
  sql`coalesce((select true ${rest} limit 1), false)`;

/** `join` lists values or SQL, `raw` embeds trusted text, `empty` is the empty fragment. */
export { empty, join, raw, type Sql };
