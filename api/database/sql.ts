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

/** `join` lists values or SQL, `raw` embeds trusted text, `empty` is the empty fragment. */
export { empty, join, raw, type Sql };
