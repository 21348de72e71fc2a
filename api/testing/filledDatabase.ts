import { postgresCatalog, sqliteCatalog } from '../database/copy/catalogs';
import { inPostgres, type Query } from '../database/copy/query';
import { writeSqlite, type Value } from '../database/copy/rows';
import { changeDatabase } from '../database/copy/sqliteFiles';
import { matchTables, type CopiedColumn } from '../database/copy/tables';
import { connect, sqliteFile, type Orm, type Location } from '../database/orm';
import { entities } from '../entities';
import { migratedDatabase } from './databases';
import { oldId } from './oldDatabase';

/** Rows that are inserted with one statement. */
const BATCH = 500;

/**
 * Makes a SQLite database with rows in every table, whatever tables and columns there are; it is deleted
 * after the test. Row `i` of a table refers to the rows `i` of others.
 * @param rows of each table
 * @returns where it is
 */
export async function filledDatabase(rows: number): Promise<Location> {
  const location = await migratedDatabase('sqlite');
  const orm = await connect(await migratedDatabase('postgres'), entities);
  try {
    await changeDatabase(sqliteFile(location) ?? '', (sqlite) =>
      fill(sqlite, orm, rows),
    );
  } finally {
    await orm.close();
  }
  return location;
}

async function fill(sqlite: Query, orm: Orm, rows: number): Promise<void> {
  const tables = matchTables(
    await sqliteCatalog(sqlite),
    await inPostgres(orm, true, postgresCatalog),
  );
  await sqlite('pragma foreign_keys = off');
  await sqlite('pragma synchronous = off');
  await sqlite('begin');
  for (const table of tables) {
    const required = new Set(
      (
        await sqlite<{ name: string }>(
          `select name from pragma_table_info(?) where "notnull" or pk`,
          [table.name],
        )
      ).map(({ name }) => name),
    );
    const isNull = (i: number, { name }: CopiedColumn) =>
      !required.has(name) && i % 3 === 0;
    for (let from = 1; from <= rows; from += BATCH) {
      const numbers = Array.from(
        { length: Math.min(BATCH, rows + 1 - from) },
        (_, index) => from + index,
      );
      await writeSqlite(
        sqlite,
        table,
        numbers.map((i) =>
          table.columns.map((column) =>
            isNull(i, column) ? null : valueOf(i, column),
          ),
        ),
      );
    }
  }
  await sqlite('commit');
}

/** Invents a value, with characters that are special to one of the databases. */
function valueOf(i: number, { name, kind, postgresType }: CopiedColumn): Value {
  switch (kind) {
    case 'text':
      if (postgresType === 'uuid') return oldId(i);
      if (name === 'search_words') return `word${i} fünf`;
      // Ten characters at most, as days have.
      if (postgresType === 'varchar') return `${i}"\\é`;
      return `${i} {null},"\\N ?\n\té 電動 🔨 `.repeat(i % 20);
    case 'integer':
      return String(i);
    case 'moment':
      return String(1_700_000_000_000 + i * 997);
    case 'boolean':
      return String(i % 2);
    case 'bytes':
      return Buffer.alloc((i % 50) * 100, Buffer.from([i % 256, 0, 255]));
  }
}
