import { existsSync } from 'node:fs';
import { Pool } from 'pg';
import type { Config } from '../config';
import { sqliteFile } from '../database/orm';
import { openSqliteReads, type OwnReads } from '../database/reads';

/** How long the database may take. */
type Patience = {
  /** Longest wait for a connection, in milliseconds. */
  patienceMs: number;
  /** Time limit of a statement. */
  maxSeconds: number;
};

/** The configured SQLite file does not exist. */
export class MissingDatabase extends Error {
  override name = 'MissingDatabase';
}

/**
 * Opens the configured database without creating or changing anything, as the ORM would.
 * @throws MissingDatabase, or the error of the driver; on PostgreSQL the first statement does
 */
export async function openReadOnly(
  config: Config,
  patience: Patience,
): Promise<OwnReads> {
  const file = sqliteFile(config);
  if (!file) return openPostgres(String(config.databaseUrl), patience);
  if (!existsSync(file)) throw new MissingDatabase(file);
  return openSqliteReads(file, patience.maxSeconds);
}

function openPostgres(
  connectionString: string,
  { patienceMs, maxSeconds }: Patience,
): OwnReads {
  const pool = new Pool({
    connectionString,
    connectionTimeoutMillis: patienceMs,
    query_timeout: maxSeconds * 1000,
    max: 2,
  });
  // A connection that breaks while it is idle. The next statement fails as well.
  pool.on('error', () => undefined);
  return {
    dialect: 'postgres',
    async all<Row>({ text, values }: { text: string; values: unknown[] }) {
      const { rows } = await pool.query(text, values);
      return rows as Row[];
    },
    close: () => pool.end(),
  };
}
