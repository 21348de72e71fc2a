import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadConfig, readEnvironment, type Config } from '../config';
import { copyDatabase } from './copy';
import { sqliteFile } from './orm';

/**
 * Ends every login, and every link to set a password or confirm an address: the copy does not know
 * which have been ended or used since it was made. Newer logins have a token that no
 * copy can name: it is the secret that has to be another one.
 */
const LET_NOBODY_IN = [
  'update sessions set revoked_at = unixepoch() * 1000 where revoked_at is null',
  'delete from one_time_tokens',
];

/**
 * Puts a backup where the database of this configuration was. Everybody has to log in again, and
 * links that were sent before are no longer good.
 * @throws where the database is not SQLite, and where something of the old one is still there
 */
export async function restore(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  backup: string,
): Promise<string> {
  const file = sqliteFile(config);
  if (!file)
    throw new Error('the database is PostgreSQL: restore it with pg_restore');
  // Writes that SQLite has not moved into the old file yet would go into the new one.
  const old = ['', '-wal', '-shm'].map((end) => file + end).filter(existsSync);
  if (old.length > 0)
    throw new Error(`stop the server, and move away first: ${old.join(', ')}`);
  if (!existsSync(backup)) throw new Error(`there is no ${backup}`);
  await copyDatabase(backup, file, LET_NOBODY_IN);
  return file;
}

async function main(): Promise<void> {
  const [backup] = process.argv.slice(2);
  if (!backup) throw new Error('name the file to restore');
  const file = await restore(
    loadConfig(readEnvironment()),
    path.resolve(backup),
  );
  process.stdout.write(
    `Restored ${file}. Start the server with another JWT_SECRET, or without data/jwt-secret, so that tokens that were made since are refused.\n`,
  );
}

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`Nothing was restored: ${(error as Error).message}\n`);
    process.exitCode = 1;
  });
