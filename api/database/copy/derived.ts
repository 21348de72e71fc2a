import { postgresCatalog, sqliteCatalog } from './catalogs';
import type { Query } from './query';
import { quoted } from './rows';

/**
 * Compares the tables that both databases fill by triggers, by the number of their rows: a table with a
 * history that triggers cannot repeat would get lost otherwise.
 * @throws where they differ
 */
export async function assertDerived(
  sqlite: Query,
  postgres: Query,
): Promise<void> {
  const [ofSqlite, ofPostgres] = [
    await sqliteCatalog(sqlite),
    await postgresCatalog(postgres),
  ];
  for (const name of ofPostgres.derived) {
    if (!ofSqlite.tables.some((table) => table.name === name)) continue;
    const [here, there] = await Promise.all(
      [sqlite, postgres].map((query) => countRows(query, name)),
    );
    if (here !== there)
      throw new Error(
        `The table ${name} has ${here} rows in SQLite and ${there} in PostgreSQL`,
      );
  }
}

async function countRows(query: Query, table: string): Promise<number> {
  const [row] = await query<{ count: number | string }>(
    `select count(*) as count from ${quoted(table)}`,
  );
  return Number(row?.count);
}
