import { searchWords } from '../searchWords';

/** Rows that are read and changed with one statement each. */
const BATCH = 500;

/** Searchable tables, the singular that their index tables are named after, and their texts. */
export const SEARCHED = [
  ['items', 'item', ['title', 'description']],
  ['recipes', 'recipe', ['title', 'instructions']],
  ['neighborhoods', 'neighborhood', ['name', 'about']],
] as const;

/** Runs a statement of a migration with parameters. */
type Execute = (sql: string, parameters?: unknown[]) => Promise<unknown[]>;

/** Statements that store folded words: the parameter is a JSON array of `[id, words]`. */
const UPDATES = {
  sqlite: (table: string) =>
    `update ${table} set search_words = value ->> 1 from json_each(?) where ${table}.id = value ->> 0`,
  postgres: (table: string) =>
    `update ${table} set search_words = folded.value ->> 1 from json_array_elements(cast(? as json)) as folded where ${table}.id = cast(folded.value ->> 0 as uuid)`,
};

/**
 * Fills `search_words` of all rows of a table. To be called by each migration after `searchWords` folds
 * in another way.
 * @param columns the texts of a row
 */
export async function foldRows(
  execute: Execute,
  database: keyof typeof UPDATES,
  table: string,
  columns: readonly string[],
): Promise<void> {
  let after: string | undefined = '00000000-0000-0000-0000-000000000000';
  while (after) {
    const rows = (await execute(
      `select id, ${columns.join(', ')} from ${table} where id > ? order by id limit ${BATCH}`,
      [after],
    )) as Record<string, string>[];
    const folded = rows.map((row) => [
      row.id,
      searchWords(...columns.map((column) => row[column] ?? '')),
    ]);
    if (rows.length > 0)
      await execute(UPDATES[database](table), [JSON.stringify(folded)]);
    after = rows.at(-1)?.id;
  }
}
