import { addRows, areEqual, NO_ROWS } from './checksum';
import type { Orm } from '../orm';
import { postgresCatalog, sqliteCatalog } from './catalogs';
import { assertDerived } from './derived';
import { CopyRefused, inPostgres, type Query } from './query';
import type { Report } from './report';
import { readPostgres, readSqlite, writeSqlite } from './rows';
import { assertReferences, changeDatabase, writeDatabase } from './sqliteFiles';
import { matchTables, type CopiedTable } from './tables';
import { isUnfinished } from './unfinished';
import { migrateSqlite, readVersion } from './versions';

/**
 * Copies PostgreSQL into a new SQLite file, as of one moment, also during concurrent writes. The file
 * appears completely or not at all, after its rows were compared.
 * @param target path that does not exist yet
 */
export async function copyToSqlite(
  orm: Orm,
  target: string,
  report: Report,
): Promise<void> {
  await writeDatabase(target, (draft) =>
    inPostgres(orm, true, async (postgres) => {
      if (await isUnfinished(postgres))
        throw new CopyRefused('The PostgreSQL database is not complete.');
      const { last } = await readVersion(postgres, 'postgres');
      await migrateSqlite(draft, last);
      await changeDatabase(draft, (sqlite) => fill(sqlite, postgres, report));
    }),
  );
}

async function fill(
  sqlite: Query,
  postgres: Query,
  report: Report,
): Promise<void> {
  // Tables are filled in any order, and the draft is deleted after a failure.
  await sqlite('pragma foreign_keys = off');
  await sqlite('pragma synchronous = off');
  const tables = matchTables(
    await sqliteCatalog(sqlite),
    await postgresCatalog(postgres),
  );
  for (const table of tables) await copyTable(sqlite, postgres, table, report);
  await assertReferences(sqlite);
  await assertDerived(sqlite, postgres);
}

/** @throws where the copy differs */
async function copyTable(
  sqlite: Query,
  postgres: Query,
  table: CopiedTable,
  report: Report,
): Promise<void> {
  let [read, written] = [NO_ROWS, NO_ROWS];
  report.begin(table.name, 0);
  await sqlite('begin');
  for await (const { rows, bytes } of readPostgres(postgres, table)) {
    await writeSqlite(sqlite, table, rows);
    read = addRows(read, rows);
    report.add(rows.length, bytes);
  }
  await sqlite('commit');
  for await (const { rows } of readSqlite(sqlite, table, null))
    written = addRows(written, rows);
  if (!areEqual(read, written))
    throw new Error(`The table ${table.name} differs from the source`);
  report.end();
}
