import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MikroORM, type EntitySchema, type Options } from '@mikro-orm/core';
import type { AbstractSqlDriver, SqlEntityManager } from '@mikro-orm/sqlite';
import { Migrator } from '@mikro-orm/migrations';
import type { Config } from '../config';
import { migrations } from './migrations';
import { retry } from './retry';

/** Entity manager of either database; forked for every request. */
export type EntityManager = SqlEntityManager;

/** The ORM on either database. */
export type Orm = MikroORM<AbstractSqlDriver, EntityManager>;

/** Longest wait for a connection of the pool, in milliseconds. */
const ACQUIRE_TIMEOUT_MS = 8000;

/** Longest attempt at one more connection, which goes on while PostgreSQL has none left. */
const CREATE_TIMEOUT_MS = 600_000;

/** Part of the configuration that locates the database. */
export type Location = Pick<Config, 'databaseUrl' | 'dataDir'>;

/** Entity classes or schemas that the ORM knows. */
export type Entities = readonly EntitySchema[];

/** The SQLite file of this configuration, or null where the database is PostgreSQL. */
export function sqliteFile({ databaseUrl, dataDir }: Location): string | null {
  if (!databaseUrl) return path.join(dataDir, 'neighborshare.sqlite');
  const isFile = new URL(databaseUrl).protocol === 'file:';
  return isFile ? fileURLToPath(databaseUrl) : null;
}

/** Folder of the backups: beside the SQLite file, or in `DATA_DIR`. */
export function backupFolder(location: Location): string {
  const file = sqliteFile(location);
  return path.join(file ? path.dirname(file) : location.dataDir, 'backups');
}

/**
 * Opens the database for migrations, without running them.
 * @param onStatement called with every SQL statement; for counting them in tests
 */
export async function connect(
  location: Location,
  entities: Entities,
  onStatement?: (sql: string) => void,
): Promise<Orm> {
  const file = sqliteFile(location);
  if (file) return openSqlite(file, options('sqlite', entities, onStatement));
  // Only the driver that is used is loaded: loading it takes much of the startup time.
  const { openPostgres } = await import('./postgres');
  return openPostgres(
    options('postgres', entities, onStatement),
    location.databaseUrl ?? '',
  );
}

/** Counts the requests that wait for a connection; SQLite has one for all writes. */
export function waitingForConnection(orm: Orm): number {
  const { pool } = orm.em.getConnection().getKnex().client as {
    pool: { numPendingAcquires(): number };
  };
  return pool.numPendingAcquires();
}

async function openSqlite(
  file: string,
  settings: Options<AbstractSqlDriver, EntityManager>,
): Promise<Orm> {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Readable by its owner only; SQLite gives the files beside it the same mode.
  closeSync(openSync(file, 'a', 0o600));
  const { SqliteDriver } = await import('@mikro-orm/sqlite');
  const orm: Orm = await MikroORM.init<AbstractSqlDriver, EntityManager>({
    ...settings,
    driver: SqliteDriver,
    dbName: file,
  });
  // Readers do not wait for a writer (WAL); acknowledged writes survive a power failure (FULL).
  for (const pragma of [
    'busy_timeout = 5000',
    'journal_mode = wal',
    'synchronous = full',
  ])
    // SQLite does not wait for another process that is also changing to WAL.
    await retry(() => orm.em.getConnection().execute(`pragma ${pragma}`));
  return orm;
}

function options(
  database: keyof typeof migrations,
  entities: Entities,
  onStatement?: (sql: string) => void,
) {
  return {
    entities: [...entities],
    extensions: [Migrator],
    pool: {
      acquireTimeoutMillis: ACQUIRE_TIMEOUT_MS,
      createTimeoutMillis: CREATE_TIMEOUT_MS,
    },
    forceUtcTimezone: true,
    // The search index is maintained by the database: see search.ts.
    schemaGenerator: {
      skipTables: [/^(item|recipe|neighborhood)_(words|places)(_|$)/],
    },
    migrations: {
      migrationsList: migrations[database],
      snapshot: false,
      silent: true,
      // Each has a transaction of its own; an index that is built concurrently must have none.
      allOrNothing: false,
    },
    // The newest ORM of a process decides this for all of them.
    colors: false,
    ...(onStatement && { debug: ['query'], logger: onStatement }),
  } satisfies Options<AbstractSqlDriver, EntityManager>;
}
