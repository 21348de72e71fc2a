import tag, { empty, join, raw, type Sql } from 'sql-template-tag';

/** A value that both SQLite and PostgreSQL take as a parameter. */
export type Parameter = string | number | Date | null;

/**
 * Builds a statement or a part of one. An interpolated value becomes a parameter; interpolated SQL is
 * inserted together with its own parameters, so that a fragment never depends on where it is used.
 * Texts must come out of a bounded set, as each is prepared once and kept: what varies is a value.
 */
export const sql = (
  strings: TemplateStringsArray,
  ...values: readonly (Parameter | Sql)[]
): Sql => tag(strings, ...values);

/** `join` lists values or SQL, `raw` takes text of ours as it is, `empty` stands for nothing. */
export { empty, join, raw, type Sql };
