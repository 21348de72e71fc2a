import { stat } from 'node:fs/promises';
import { addRows, areEqual, NO_ROWS, type Tally } from './checksum';
import { migratePostgres } from '../migrate';
import type { Orm } from '../orm';
import {
  postgresCatalog,
  sqliteCatalog,
  tablesOfPostgres,
  triggersOfPostgres,
} from './catalogs';
import { assertDerived } from './derived';
import type { Report } from './report';
import { CopyRefused, inPostgres, queryOf, type Query } from './query';
import { keyOf, quoted, readPostgres, readSqlite, writePostgres } from './rows';
import { assertReferences, withExclusiveDatabase } from './sqliteFiles';
import { matchTables, type CopiedTable } from './tables';
import {
  forgetProgress,
  isUnfinished,
  markFinished,
  markUnfinished,
  readProgress,
  readSource,
  writeProgress,
} from './unfinished';
import { assertCurrent } from './versions';

/**
 * Copies a SQLite database into PostgreSQL, and compares both at the end. Each batch of rows is written
 * in one transaction with how far the copy has come, so that it continues wherever it was interrupted.
 * Until it is complete, servers refuse to start on it.
 * @param file SQLite database that this version has migrated
 * @param orm PostgreSQL without tables, or with an unfinished copy
 * @throws CopyRefused where a database is not fit for it; any other error interrupts the copy
 */
export async function copyToPostgres(
  file: string,
  orm: Orm,
  report: Report,
): Promise<void> {
  report.line(`Checking ${file}`);
  await withExclusiveDatabase(file, async (sqlite) => {
    await assertCurrent(sqlite, 'sqlite');
    await assertReferences(sqlite);
    const postgres = queryOf(orm.em.getConnection().getKnex());
    const source = await identify(file);
    const isNew = await begin(postgres, orm, source);
    await migratePostgres(orm);
    const tables = matchTables(
      await sqliteCatalog(sqlite),
      await postgresCatalog(postgres),
    );
    if (!isNew) await continueOrStartOver(postgres, source, tables, report);
    await pauseTriggers(postgres);
    const copied: Tally[] = [];
    for (const table of tables)
      copied.push(await copyTable(sqlite, orm, table, report));
    await verify(orm, tables, copied, report);
    await assertDerived(sqlite, postgres);
    await finish(orm, tables, report);
  });
}

/** Identifies a database that no process uses: each write changes its time. */
async function identify(file: string): Promise<string> {
  const { size, mtimeNs } = await stat(file, { bigint: true });
  return `${size} bytes of ${mtimeNs}`;
}

/** Marks an empty database. @returns false for an unfinished copy */
async function begin(
  postgres: Query,
  orm: Orm,
  source: string,
): Promise<boolean> {
  if (await isUnfinished(postgres)) return false;
  const tables = await tablesOfPostgres(postgres);
  if (tables.length > 0)
    throw new CopyRefused(
      `The PostgreSQL database is not empty: it has ${tables.length === 1 ? 'the table' : `${tables.length} tables, as`} ${tables[0] ?? ''}. Use one without tables.`,
    );
  await inPostgres(orm, false, (query) => markUnfinished(query, source));
  return true;
}

/** Starts over where the source is not the one that was copied before. */
async function continueOrStartOver(
  postgres: Query,
  source: string,
  tables: CopiedTable[],
  report: Report,
): Promise<void> {
  if ((await readSource(postgres)) === source) {
    report.line('Continuing where the copy was interrupted');
    return;
  }
  report.line('Starting over, as the source is not the one of the last time');
  const names = tables.map(({ name }) => quoted(name)).join(', ');
  await postgres(`truncate ${names} cascade`);
  await forgetProgress(postgres, source);
}

/** Keeps triggers from running for each row, except those that fill other tables. */
async function pauseTriggers(postgres: Query): Promise<void> {
  for (const { table, name, fills } of await triggersOfPostgres(postgres))
    if (fills.length === 0)
      await postgres(
        `alter table ${quoted(table)} disable trigger ${quoted(name)}`,
      );
}

async function copyTable(
  sqlite: Query,
  orm: Orm,
  table: CopiedTable,
  report: Report,
): Promise<Tally> {
  let progress = await readProgress(
    queryOf(orm.em.getConnection().getKnex()),
    table,
  );
  report.begin(table.name, progress.tally.rows);
  for await (const { rows, bytes } of readSqlite(
    sqlite,
    table,
    progress.last,
  )) {
    const next = {
      tally: addRows(progress.tally, rows),
      last: keyOf(table, rows),
    };
    const before = progress;
    try {
      await inPostgres(orm, false, async (query) => {
        // The last transaction of the copy waits for the disk.
        await query('set local synchronous_commit = off');
        await writePostgres(query, table, rows);
        await writeProgress(query, table, before, next);
      });
    } catch (error) {
      throw new Error(`${table.name}: ${(error as Error).message}`, {
        cause: error,
      });
    }
    progress = next;
    report.add(rows.length, bytes);
  }
  report.end();
  return progress.tally;
}

/** @throws where a table differs from what was read from SQLite; the next run then starts over */
async function verify(
  orm: Orm,
  tables: CopiedTable[],
  copied: Tally[],
  report: Report,
): Promise<void> {
  report.line('Comparing all rows');
  const differing: string[] = [];
  await inPostgres(orm, true, async (query) => {
    for (const [index, table] of tables.entries()) {
      let found = NO_ROWS;
      for await (const { rows } of readPostgres(query, table))
        found = addRows(found, rows);
      if (!areEqual(found, copied[index] ?? NO_ROWS))
        differing.push(table.name);
    }
  });
  if (differing.length === 0) return;
  await forgetProgress(queryOf(orm.em.getConnection().getKnex()), '');
  throw new Error(
    `These tables differ from the source, as if another process had written to them: ${differing.join(', ')}`,
  );
}

async function finish(
  orm: Orm,
  tables: CopiedTable[],
  report: Report,
): Promise<void> {
  await inPostgres(orm, false, async (query) => {
    for (const { name } of tables)
      await query(`alter table ${quoted(name)} enable trigger user`);
    await markFinished(query);
  });
  report.line('Collecting statistics for the query planner');
  const postgres = queryOf(orm.em.getConnection().getKnex());
  for (const { name } of tables) await postgres(`analyze ${quoted(name)}`);
}
