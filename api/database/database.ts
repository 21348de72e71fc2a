import type { Config } from '../config';
import { assertFinished } from './copy/unfinished';
import { migratePostgres } from './migrate';
import {
  connect,
  sqliteFile,
  type Entities,
  type Location,
  type Orm,
} from './orm';
import { openSqliteReads, postgresReads, type Reads } from './reads';
import { retry } from './retry';

/** The open database with the ways to it. */
export type Database = {
  orm: Orm;
  reads: Reads;
  /** Reads of the server itself, which never wait behind those of people. */
  systemReads: Reads;
  /** Closes all connections, after the statements under way. */
  close(): Promise<void>;
};

type Settings = Location & Pick<Config, 'operationSeconds' | 'databasePool'>;

/**
 * Opens the database and brings its tables up to date. From then on no statement exceeds the time limit
 * of an operation: PostgreSQL cancels it, SQLite stops waiting for the lock of another writer, and
 * reads.ts interrupts reads of SQLite.
 * @param onStatement called with every SQL statement; for counting them in tests
 */
export async function openDatabase(
  settings: Settings,
  entities: Entities,
  onStatement?: (sql: string) => void,
): Promise<Database> {
  const orm = await connect(settings, entities, onStatement);
  const file = sqliteFile(settings);
  try {
    return file
      ? await limitSqlite(orm, file, settings, onStatement)
      : await limitPostgres(orm, settings);
  } catch (error) {
    await orm.close();
    throw error;
  }
}

async function limitSqlite(
  orm: Orm,
  file: string,
  { operationSeconds }: Settings,
  onStatement?: (sql: string) => void,
): Promise<Database> {
  await retry(() => orm.getMigrator().up());
  await orm.em
    .getConnection()
    .execute(`pragma busy_timeout = ${operationSeconds * 1000}`);
  const reads = await openSqliteReads(file, operationSeconds, onStatement);
  return {
    orm,
    reads,
    // On a connection that no write holds up.
    systemReads: reads,
    async close() {
      await reads.close();
      await orm.close();
    },
  };
}

async function limitPostgres(orm: Orm, settings: Settings): Promise<Database> {
  await assertFinished(orm);
  await migratePostgres(orm);
  const { reconnectWithLimits } = await import('./postgres');
  const system = await reconnectWithLimits(
    orm,
    settings.databaseUrl ?? '',
    settings,
  );
  return {
    orm,
    reads: postgresReads(orm.em.getConnection()),
    systemReads: postgresReads(system),
    async close() {
      await system.close();
      await orm.close();
    },
  };
}
