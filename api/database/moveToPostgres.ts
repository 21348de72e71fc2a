import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadConfig, readEnvironment } from '../config';
import { entities } from '../entities';
import { runCommand } from './copy/command';
import { CopyRefused } from './copy/query';
import { createReport, type Report } from './copy/report';
import { copyToPostgres } from './copy/toPostgres';
import { connect, sqliteFile, type Location } from './orm';

/**
 * Moves a SQLite database into the PostgreSQL of this configuration; the file stays as it is. An
 * interrupted move continues when it is called again.
 * @param source SQLite file; by default the one of the data folder
 * @throws CopyRefused where a database is not fit for it; any other error interrupts the move
 */
export async function moveToPostgres(
  config: Location,
  report: Report,
  source?: string,
): Promise<void> {
  if (sqliteFile(config))
    throw new CopyRefused('set DATABASE_URL to the PostgreSQL to move to.');
  const file = path.resolve(
    source ?? sqliteFile({ ...config, databaseUrl: null }) ?? '',
  );
  if (!existsSync(file)) throw new CopyRefused(`there is no ${file}.`);
  const orm = await connect(config, entities);
  try {
    await copyToPostgres(file, orm, report);
  } finally {
    await orm.close();
  }
}

if (require.main === module)
  runCommand(
    {
      refused: 'Nothing was moved',
      failed: 'The move has stopped',
      afterFailure: 'Run the same command again to continue',
    },
    async ([source], write) => {
      const report = createReport(write);
      await moveToPostgres(loadConfig(readEnvironment()), report, source);
      write(`Moved ${report.summary()}. Every row was compared.`);
      write(
        'Start the server on PostgreSQL. Keep the SQLite file as a backup.',
      );
    },
  );
