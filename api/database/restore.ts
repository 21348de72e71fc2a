import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadConfig, readEnvironment, type Config } from '../config';
import { copyDatabase } from './copy';
import { sqliteFile } from './orm';

/**
 * Ends every session and invalidates every link to set a password or verify an address, because the
 * copy does not contain which were ended or used since. Tokens of later logins are not in the copy
 * either; the secret has to be replaced for them.
 */
const END_ALL_LOGINS = [
  'update sessions set revoked_at = unixepoch() * 1000 where revoked_at is null',
  'delete from one_time_tokens',
];

/**
 * Restores a backup in place of the database of this configuration. All users have to log in again, and
 * links sent before become invalid.
 * @throws where the database is not SQLite, or files of the old one still exist
 */
export async function restore(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  backup: string,
): Promise<string> {
  const file = sqliteFile(config);
  if (!file)
    throw new Error('the database is PostgreSQL: restore it with pg_restore');
  // Pending writes of the old database (WAL) would go into the new file.
  const old = ['', '-wal', '-shm'].map((end) => file + end).filter(existsSync);
  if (old.length > 0)
    throw new Error(`stop the server, and move away first: ${old.join(', ')}`);
  if (!existsSync(backup)) throw new Error(`there is no ${backup}`);
  await copyDatabase(backup, file, END_ALL_LOGINS);
  return file;
}

async function main(): Promise<void> {
  const [backup] = process.argv.slice(2);
  if (!backup) throw new Error('name the file to restore');
  const config = loadConfig(readEnvironment());
  const file = await restore(config, path.resolve(backup));
  const secret =
    config.jwtSecrets.length > 0
      ? 'Set another JWT_SECRET before you start the server'
      : `Delete ${path.join(config.dataDir, 'jwt-secret')} before you start the server`;
  process.stdout.write(
    `Restored ${file}. ${secret}, so that tokens that were made since are refused.\n`,
  );
}

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`Nothing was restored: ${(error as Error).message}\n`);
    process.exitCode = 1;
  });
