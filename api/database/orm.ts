import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MikroORM, type EntitySchema, type Options } from '@mikro-orm/core';
import type { AbstractSqlDriver, SqlEntityManager } from '@mikro-orm/sqlite';
import { Migrator } from '@mikro-orm/migrations';
import type { Config } from '../config';
import { migrations } from './migrations';
import type { Reads } from './reads';
import { sql } from './sql';

/** Entity manager of either database; forked for every request. */
export type EntityManager = SqlEntityManager;

/** The ORM on either database. */
export type Orm = MikroORM<AbstractSqlDriver, EntityManager>;

/** Longest wait for a connection of the pool, in milliseconds. */
const ACQUIRE_TIMEOUT_MS = 8000;

/** Most attempts at a step of the start that conflicts with another process: over ten seconds in all. */
const MAX_ATTEMPTS = 11;

type Location = Pick<Config, 'databaseUrl' | 'dataDir'>;

/** Entity classes or schemas that the ORM knows. */
type Entities = readonly EntitySchema[];

/** The SQLite file of this configuration, or null where the database is PostgreSQL. */
export function sqliteFile({ databaseUrl, dataDir }: Location): string | null {
  if (!databaseUrl) return path.join(dataDir, 'neighborshare.sqlite');
  const isFile = new URL(databaseUrl).protocol === 'file:';
  return isFile ? fileURLToPath(databaseUrl) : null;
}

/**
 * Opens the database and brings its tables up to date. From then on no statement exceeds the time limit
 * of an operation: PostgreSQL cancels it, SQLite stops waiting for the lock of another writer, and
 * reads.ts interrupts reads of SQLite.
 * @param onStatement called with every SQL statement; for counting them in tests
 */
export async function openDatabase(
  location: Location & Pick<Config, 'operationSeconds'>,
  entities: Entities,
  onStatement?: (sql: string) => void,
): Promise<Orm> {
  const orm = await connect(location, entities, onStatement);
  try {
    await retry(() => orm.getMigrator().up());
    const milliseconds = location.operationSeconds * 1000;
    if (sqliteFile(location))
      await orm.em
        .getConnection()
        .execute(`pragma busy_timeout = ${milliseconds}`);
    else
      await orm.reconnect({
        driverOptions: { connection: { statement_timeout: milliseconds } },
      });
  } catch (error) {
    await orm.close();
    throw error;
  }
  return orm;
}

/** Opens the database without running migrations. */
export function connect(
  location: Location,
  entities: Entities,
  onStatement?: (sql: string) => void,
): Promise<Orm> {
  const file = sqliteFile(location);
  return file
    ? openSqlite(file, entities, onStatement)
    : openPostgres(location, entities, onStatement);
}

/** Returns whether all migrations of this version have run. The tables may also be newer. */
export async function areMigrated(orm: Orm, reads: Reads): Promise<boolean> {
  const run = await reads.all<{ name: string }>(
    sql`select name from mikro_orm_migrations`,
  );
  const names = new Set(run.map(({ name }) => name));
  return (orm.config.get('migrations').migrationsList ?? []).every(
    (migration) => 'name' in migration && names.has(migration.name),
  );
}

/** Counts the requests that wait for a connection; SQLite has one for all writes. */
export function waitingForConnection(orm: Orm): number {
  const { pool } = orm.em.getConnection().getKnex().client as {
    pool: { numPendingAcquires(): number };
  };
  return pool.numPendingAcquires();
}

/** Repeats work that conflicts with another process starting on the same new database. */
async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_ATTEMPTS) throw error;
      await pause(attempt * 200);
    }
  }
}

async function openSqlite(
  file: string,
  entities: Entities,
  onStatement?: (sql: string) => void,
): Promise<Orm> {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Readable by its owner only; SQLite gives the files beside it the same mode.
  closeSync(openSync(file, 'a', 0o600));
  // Only the driver that is used is loaded: loading it takes much of the startup time.
  const { SqliteDriver } = await import('@mikro-orm/sqlite');
  const orm: Orm = await MikroORM.init<AbstractSqlDriver, EntityManager>({
    ...options('sqlite', entities, onStatement),
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

async function openPostgres(
  { databaseUrl }: Location,
  entities: Entities,
  onStatement?: (sql: string) => void,
): Promise<Orm> {
  const { PostgreSqlDriver } = await import('@mikro-orm/postgresql');
  return MikroORM.init<AbstractSqlDriver, EntityManager>({
    ...options('postgres', entities, onStatement),
    driver: PostgreSqlDriver,
    clientUrl: databaseUrl ?? undefined,
  });
}

function options(
  database: keyof typeof migrations,
  entities: Entities,
  onStatement?: (sql: string) => void,
) {
  return {
    entities: [...entities],
    extensions: [Migrator],
    pool: { acquireTimeoutMillis: ACQUIRE_TIMEOUT_MS },
    forceUtcTimezone: true,
    // The search index is maintained by the database: see search.ts.
    schemaGenerator: {
      skipTables: [/^(item|recipe|neighborhood)_(words|places)(_|$)/],
    },
    migrations: {
      migrationsList: migrations[database],
      snapshot: false,
      silent: true,
    },
    ...(onStatement && {
      debug: ['query'],
      logger: onStatement,
      colors: false,
    }),
  } satisfies Options<AbstractSqlDriver, EntityManager>;
}
