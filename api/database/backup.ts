import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadConfig, readEnvironment } from '../config';
import { entities } from '../entities';
import { createReport, type Report } from './copy/report';
import { copyDatabase } from './copy/sqliteFiles';
import { copyToSqlite } from './copy/toSqlite';
import { runCommand } from './copy/command';
import { backupFolder, connect, sqliteFile, type Location } from './orm';

/**
 * Copies the database of this configuration into a SQLite file while it is in use. Either database can
 * be restored from it.
 * @param target the file to create; by default a file in `backups` beside the database, or in the data
 * folder, named by the time
 * @returns where the copy is
 * @throws where the database is not there, and where the target exists
 */
export async function backUp(
  config: Location,
  report: Report,
  target?: string,
): Promise<string> {
  const file = sqliteFile(config);
  if (file && !existsSync(file)) throw new Error(`there is no ${file}`);
  const copy = path.resolve(
    target ?? path.join(backupFolder(config), nameOf(new Date())),
  );
  if (existsSync(copy)) throw new Error(`${copy} exists already`);
  if (file) await copyDatabase(file, copy);
  else await copyPostgres(config, copy, report);
  return copy;
}

async function copyPostgres(
  config: Location,
  copy: string,
  report: Report,
): Promise<void> {
  const orm = await connect(config, entities);
  try {
    await copyToSqlite(orm, copy, report);
  } finally {
    await orm.close();
  }
}

/** Not every file system takes a colon. */
const nameOf = (moment: Date) =>
  `neighborshare-${moment.toISOString().replaceAll(':', '-')}.sqlite`;

if (require.main === module)
  runCommand(
    { refused: 'There is no backup', failed: 'The backup failed' },
    async ([target], write) => {
      const config = loadConfig(readEnvironment());
      const copy = await backUp(config, createReport(write), target);
      write(`The database as it is now: ${copy}`);
    },
  );
