import { randomUUID } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { openDatabase } from '../database/database';
import { sqliteFile, type Location } from '../database/orm';
import { entities } from '../entities';
import { endsWithTest, temporaryFolder } from './cleanUp';

/** Supported databases. Suites that touch SQL run on both. */
export const DATABASES = ['sqlite', 'postgres'] as const;

/** Name of a database. */
export type DatabaseName = (typeof DATABASES)[number];

const TEMPLATE = 'migrated_template';

/**
 * Migrates one database of each kind, which `migratedDatabase` then copies for each test: migrations
 * take ten times as long as a copy. For Jest's global setup; leaves nothing connected to them.
 * @param folder receives the SQLite file
 * @param postgresUrl of the server, without a database
 */
export async function makeTemplates(
  folder: string,
  postgresUrl: string,
): Promise<void> {
  await onServer(postgresUrl, (server) =>
    server.query(`create database ${TEMPLATE}`),
  );
  for (const databaseUrl of [null, `${postgresUrl}/${TEMPLATE}`]) {
    const database = await openDatabase(
      { dataDir: folder, databaseUrl, operationSeconds: 10, databasePool: 2 },
      entities,
    );
    await database.close();
  }
}

/**
 * Makes a database with all tables and no rows; it is deleted after the test.
 * @param overrides a location chosen by the test; existing data in it is kept
 */
export async function migratedDatabase(
  database: DatabaseName,
  overrides: Partial<Location> = {},
): Promise<Location> {
  const dataDir = overrides.dataDir ?? (await temporaryFolder());
  if (database === 'postgres')
    return {
      dataDir,
      databaseUrl: overrides.databaseUrl ?? (await migratedPostgres()),
    };
  const location = { dataDir, databaseUrl: overrides.databaseUrl ?? null };
  const file = sqliteFile(location);
  if (file && existsSync(dataDir) && !existsSync(file))
    await copyFile(
      path.join(
        variable('TEST_SQLITE_TEMPLATE'),
        path.basename(sqliteFile({ dataDir, databaseUrl: null }) ?? ''),
      ),
      file,
      constants.COPYFILE_FICLONE,
    );
  return location;
}

/** Makes a database without tables; it is deleted after the test. */
export async function emptyDatabase(database: DatabaseName): Promise<Location> {
  return {
    dataDir: await temporaryFolder(),
    databaseUrl:
      database === 'postgres' ? await createPostgres('template0') : null,
  };
}

/** Databases that earlier tests of the file have used, and that are empty again. */
const emptied: string[] = [];

/**
 * Takes an emptied database or creates one: a copy takes PostgreSQL several times as long, as it writes
 * 300 files.
 */
async function migratedPostgres(): Promise<string> {
  const url = emptied.pop() ?? (await createPostgres(TEMPLATE));
  endsWithTest(async () => {
    if (await empty(url)) emptied.push(url);
  });
  return url;
}

/**
 * Deletes all rows; truncating takes longer than a new copy.
 * @returns false where a test has dropped a table or left a lock, so that the database is not used again
 */
async function empty(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, lock_timeout: 1000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables
      where schemaname = 'public' and tablename <> 'mikro_orm_migrations'`,
    );
    const names = rows.map(({ name }) => name);
    // Without foreign keys, the order does not matter.
    await client.query(
      [
        'set session_replication_role = replica',
        ...names.map((name) => `delete from ${name}`),
      ].join('; '),
    );
    return entities.every(({ meta }) => names.includes(meta.tableName));
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

/** Creates a database in the server that global setup started. @returns its URL */
async function createPostgres(template: string): Promise<string> {
  const url = variable('TEST_POSTGRES_URL');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(url, (server) =>
    server.query(
      `create database ${name} template ${template} strategy file_copy`,
    ),
  );
  return `${url}/${name}`;
}

async function onServer(
  url: string,
  work: (server: Client) => Promise<unknown>,
): Promise<void> {
  const server = new Client(`${url}/postgres`);
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}

/** Reads what global setup left for the tests. */
function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Global setup has not set ${name}`);
  return value;
}
