import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadConfig, readEnvironment, type Config } from '../config';
import { copyDatabase } from './copy';
import { sqliteFile } from './orm';

/**
 * Copies the database of this configuration while it is in use.
 * @param target the file to create; by default a file in `backups` beside the database, named by the
 * time
 * @returns where the copy is
 * @throws where the database is not SQLite or not there, and where the target exists
 */
export async function backUp(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  target?: string,
): Promise<string> {
  const file = sqliteFile(config);
  if (!file)
    throw new Error('the database is PostgreSQL: back it up with pg_dump');
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  const copy = path.resolve(
    target ?? path.join(path.dirname(file), 'backups', nameOf(new Date())),
  );
  if (existsSync(copy)) throw new Error(`${copy} exists already`);
  await copyDatabase(file, copy);
  return copy;
}

/** Not every file system takes a colon. */
const nameOf = (moment: Date) =>
  `neighborshare-${moment.toISOString().replaceAll(':', '-')}.sqlite`;

async function main(): Promise<void> {
  const copy = await backUp(loadConfig(readEnvironment()), process.argv[2]);
  process.stdout.write(`The database as it is now: ${copy}\n`);
}

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`The backup failed: ${(error as Error).message}\n`);
    process.exitCode = 1;
  });
