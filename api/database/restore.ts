import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { loadConfig, readEnvironment } from '../config';
import { entities } from '../entities';
import { runCommand } from './copy/command';
import { CopyRefused, type Query } from './copy/query';
import { createReport, type Report } from './copy/report';
import { copyDatabase, readDatabase } from './copy/sqliteFiles';
import { copyToPostgres } from './copy/toPostgres';
import { migrateSqlite, readVersion } from './copy/versions';
import { connect, sqliteFile, type Location } from './orm';

/**
 * Ends every session and calendar address, and invalidates every link to set a password or verify an
 * address, because the copy does not contain which were ended or used since. Tokens of later logins are not
 * in the copy either; the secret has to be replaced for them.
 */
async function endAllLogins(query: Query): Promise<void> {
  await query(
    'update sessions set revoked_at = unixepoch() * 1000 where revoked_at is null',
  );
  await query('delete from one_time_tokens');
  // Backups of older versions do not have the table.
  const [found] = await query(
    "select 1 from sqlite_schema where name = 'calendar_feeds'",
  );
  if (found) await query('delete from calendar_feeds');
}

/**
 * Restores a backup into the database of this configuration, whichever of the two it comes from. All
 * users have to log in again, and links sent before and calendar addresses become invalid.
 * @returns where it was restored
 * @throws where the backup is damaged or of a newer version, files of an old SQLite database still exist,
 * or PostgreSQL has tables
 */
export async function restore(
  config: Location,
  backup: string,
  report: Report,
): Promise<string> {
  if (!existsSync(backup)) throw new CopyRefused(`there is no ${backup}`);
  const file = sqliteFile(config);
  // Pending writes of the old database (WAL) would go into the new file.
  const old = ['', '-wal', '-shm'].map((end) => file + end).filter(existsSync);
  if (file && old.length > 0)
    throw new CopyRefused(
      `stop the server, and move away first: ${old.join(', ')}`,
    );
  await readDatabase(backup, (query) => readVersion(query, 'sqlite'));
  if (!file) return restorePostgres(config, backup, report);
  await copyDatabase(backup, file, endAllLogins);
  return file;
}

/** Brings a copy of the backup to this version, and copies that into PostgreSQL. */
async function restorePostgres(
  config: Location,
  backup: string,
  report: Report,
): Promise<string> {
  const draft = path.resolve(config.dataDir, `restore-${randomUUID()}.sqlite`);
  try {
    await copyDatabase(backup, draft, endAllLogins);
    await migrateSqlite(draft);
    const orm = await connect(config, entities);
    try {
      await copyToPostgres(draft, orm, report);
    } finally {
      await orm.close();
    }
  } finally {
    for (const end of ['', '-wal', '-shm'])
      await rm(draft + end, { force: true });
  }
  return 'PostgreSQL';
}

if (require.main === module)
  runCommand(
    { refused: 'Nothing was restored', failed: 'The restore failed' },
    async ([backup], write) => {
      if (!backup) throw new CopyRefused('name the file to restore');
      const config = loadConfig(readEnvironment());
      const place = await restore(
        config,
        path.resolve(backup),
        createReport(write),
      );
      const secret =
        config.jwtSecrets.length > 0
          ? 'Set another JWT_SECRET before you start the server'
          : `Delete ${path.join(config.dataDir, 'jwt-secret')} before you start the server`;
      write(
        `Restored ${place}. ${secret}, so that tokens that were made since are refused.`,
      );
    },
  );
