import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Database, OPEN_READONLY, OPEN_READWRITE } from 'sqlite3';

/**
 * Copies a SQLite database as of one moment, also during concurrent writes. The copy is readable by its
 * owner only, is verified by reading all of it, and appears completely or not at all.
 * @param target path that does not exist yet
 * @param changes SQL statements to run on the copy before it appears
 * @throws where the source is no database or is damaged, and where the target exists
 */
export async function copyDatabase(
  source: string,
  target: string,
  changes: readonly string[] = [],
): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  const draft = `${target}.${randomUUID()}.part`;
  try {
    // SQLite fills an existing empty file and keeps its mode.
    await (await open(draft, 'wx', 0o600)).close();
    await within(source, OPEN_READONLY, ({ run }) =>
      run('vacuum into ?', [draft]),
    );
    await within(draft, OPEN_READWRITE, async ({ run, all }) => {
      for (const change of changes) await run(change, []);
      assertSound(await all('pragma integrity_check'));
    });
    await toDisk(draft);
    await link(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
  await toDisk(path.dirname(target));
}

type Connection = {
  run: (sql: string, parameters: string[]) => Promise<void>;
  all: (sql: string) => Promise<unknown[]>;
};

async function within(
  file: string,
  mode: number,
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  const database = await new Promise<Database>((resolve, reject) => {
    const opened = new Database(file, mode, (error) => {
      if (error) reject(error);
      else resolve(opened);
    });
  });
  database.configure('busyTimeout', 5000);
  try {
    await work({
      run: promisify<string, string[], void>(database.run.bind(database)),
      all: promisify<string, unknown[]>(database.all.bind(database)),
    });
  } finally {
    await promisify(database.close.bind(database))();
  }
}

function assertSound(rows: unknown[]): void {
  const [row] = rows as { integrity_check?: string }[];
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
