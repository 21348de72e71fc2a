import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Database, OPEN_READONLY, OPEN_READWRITE } from 'sqlite3';
import { CopyRefused, type Query } from './query';

/** How long a statement waits for a lock of another process, in milliseconds. */
const BUSY_TIMEOUT_MS = 5000;

/**
 * Copies a SQLite database as of one moment, also during concurrent writes.
 * @param target path that does not exist yet
 * @param change changes the copy before it appears
 * @throws where the source is no database or is damaged, and where the target exists
 */
export async function copyDatabase(
  source: string,
  target: string,
  change: (query: Query) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await writeDatabase(target, async (draft) => {
    await readDatabase(source, (query) => query('vacuum into ?', [draft]));
    await changeDatabase(draft, change);
  });
}

/**
 * Writes a SQLite database that is readable by its owner only, is verified by reading all of it, and
 * appears completely or not at all.
 * @param target path that does not exist yet
 * @param fill writes the database into an empty file
 * @throws where the database is damaged, and where the target exists
 */
export async function writeDatabase(
  target: string,
  fill: (draft: string) => Promise<void>,
): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  const draft = `${target}.${randomUUID()}.part`;
  try {
    // SQLite fills an existing empty file and keeps its mode.
    await (await open(draft, 'wx', 0o600)).close();
    await fill(draft);
    await withDatabase(draft, OPEN_READWRITE, async (query) => {
      // One file, without a log of writes beside it.
      await query('pragma journal_mode = delete');
      await assertSound(query);
    });
    await toDisk(draft);
    await link(draft, target);
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal'])
      await rm(draft + end, { force: true });
  }
  await toDisk(path.dirname(target));
}

/** Runs work that only reads. */
export const readDatabase = <T>(
  file: string,
  work: (query: Query) => Promise<T>,
): Promise<T> => withDatabase(file, OPEN_READONLY, work);

/** Runs work on a file that no other process uses. */
export const changeDatabase = <T>(
  file: string,
  work: (query: Query) => Promise<T>,
): Promise<T> => withDatabase(file, OPEN_READWRITE, work);

/**
 * Runs work that reads a database, and keeps every other process from opening it meanwhile.
 * @throws CopyRefused where another process has it open, and where it is damaged
 */
export async function withExclusiveDatabase<T>(
  file: string,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  return withDatabase(file, OPEN_READWRITE, async (query) => {
    try {
      await query('pragma locking_mode = exclusive');
      // The lock is taken by a write and kept until the connection is closed.
      await query('begin exclusive');
      await query('commit');
      await query('pragma wal_checkpoint(truncate)');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'SQLITE_BUSY') throw error;
      throw new CopyRefused(`${file} is in use: stop the server first.`);
    }
    await assertSound(query);
    return work(query);
  });
}

async function withDatabase<T>(
  file: string,
  mode: number,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const database = await new Promise<Database>((resolve, reject) => {
    const opened = new Database(file, mode, (error) => {
      if (error) reject(error);
      else resolve(opened);
    });
  });
  database.configure('busyTimeout', BUSY_TIMEOUT_MS);
  const all = promisify<string, unknown[], unknown[]>(
    database.all.bind(database),
  );
  try {
    return await work(
      <Row>(statement: string, values: readonly unknown[] = []) =>
        all(statement, [...values]) as Promise<Row[]>,
    );
  } finally {
    await promisify(database.close.bind(database))();
  }
}

/** @throws CopyRefused where rows refer to rows that do not exist, which foreign keys would refuse */
export async function assertReferences(query: Query): Promise<void> {
  const dangling = await query<{ table: string }>('pragma foreign_key_check');
  if (dangling.length === 0) return;
  const tables = new Set(dangling.map(({ table }) => table));
  throw new CopyRefused(
    `${dangling.length} rows refer to rows that do not exist: ${[...tables].join(', ')}`,
  );
}

async function assertSound(query: Query): Promise<void> {
  const [row] = await query<{ integrity_check: string }>(
    'pragma integrity_check',
  );
  if (row?.integrity_check !== 'ok')
    throw new Error('The database is damaged, so it was not copied');
}

/** Flushes the file to disk, as the operating system's cache would not survive a power cut. */
async function toDisk(file: string): Promise<void> {
  const handle = await open(file);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
