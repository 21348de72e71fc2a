import { isStatementTimeout } from '../database/isDatabaseUnavailable';
import { sqliteFile } from '../database/orm';
import type { Reads } from '../database/reads';
import {
  ping,
  readPostgres,
  readSqlite,
  readSqliteFault,
} from './doctor.reads';
import type { Check, Deployment } from './deployment';
import { broken, bytes, look, orGood, skipped, type Finding } from './finding';
import { MissingDatabase } from './openDatabase';

/** PostgreSQL that has what the statements need. */
const MIN_POSTGRES = 130_000;
/** Oldest PostgreSQL with security updates in 2026. */
const SAFE_POSTGRES = 140_000;
/** Longest way to the database and back with which pages feel immediate. */
const MAX_ROUND_TRIP_MS = 20;
const ROUND_TRIPS = 5;

/** Checks whether the database answers, fast enough, and is sound. */
export const databaseCheck: Check = {
  title: 'Database',
  async run({ config, database }) {
    try {
      const opened = await database();
      return await (opened.dialect === 'sqlite'
        ? checkSqlite(opened)
        : checkPostgres(opened));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'SQLITE_CORRUPT') return [damaged(code)];
      return [unreachable(sqliteFile(config), error as NodeJS.ErrnoException)];
    }
  },
};

/**
 * Runs a check that needs the database.
 * @returns a skipped line where the database does not answer, which `databaseCheck` explains
 */
export async function withDatabase(
  { database }: Deployment,
  check: (opened: Reads) => Promise<Finding[]>,
): Promise<Finding[]> {
  let opened: Reads;
  try {
    opened = await database();
    await ping(opened);
  } catch {
    return [skipped('The database does not answer.')];
  }
  return check(opened);
}

async function checkSqlite(reads: Reads): Promise<Finding[]> {
  const { bytes: size, isWal } = await readSqlite(reads);
  return orGood(
    [!isWal && withoutWal(), await findDamage(reads)],
    `SQLite, ${bytes(size)}, sound`,
  );
}

async function findDamage(reads: Reads): Promise<Finding | null> {
  try {
    const fault = await readSqliteFault(reads);
    return fault === null ? null : damaged(fault);
  } catch (error) {
    if (!isStatementTimeout(error)) throw error;
    return look(
      'The database is too large to be read completely in 15 seconds.',
      'The doctor does not know whether it is sound.',
      'Make a backup, which reads all of it: npm run backup',
    );
  }
}

const damaged = (fault: string) =>
  broken(
    `The database is damaged: ${fault}`,
    'Some pages will fail, and more data may be lost. The disk or the memory of the machine may be failing.',
    'Stop the server, copy the files neighborshare.sqlite* to another disk, then restore the newest backup: docs/operating.md, "Backup and restore".',
  );

const withoutWal = () =>
  look(
    'The database does not use write-ahead logging (WAL).',
    'Readers wait for each write. The server switches it on when it starts, unless the disk does not allow it, as network drives.',
    'Restart the server. If this repeats, keep DATA_DIR on a disk of this machine.',
  );

async function checkPostgres(reads: Reads): Promise<Finding[]> {
  const { version, bytes: size, database } = await readPostgres(reads);
  const times: number[] = [];
  for (let i = 0; i < ROUND_TRIPS; i++) {
    const start = performance.now();
    await ping(reads);
    times.push(performance.now() - start);
  }
  const fastest = Math.min(...times);
  return orGood(
    [postgresVersionFault(version), distanceFault(fastest)],
    `PostgreSQL ${Math.floor(version / 10_000)}, "${database}", ${bytes(size)}, ${fastest.toFixed(1)} ms away`,
  );
}

/** @param version as `server_version_num` */
export function postgresVersionFault(version: number): Finding | null {
  const major = Math.floor(version / 10_000);
  if (version < MIN_POSTGRES)
    return broken(
      `PostgreSQL ${major} is too old.`,
      'Some statements of the server fail on it.',
      'Upgrade PostgreSQL to a version that gets security updates.',
    );
  return version < SAFE_POSTGRES
    ? look(
        `PostgreSQL ${major} gets no security updates any more.`,
        'Known holes in it stay open.',
        'Upgrade PostgreSQL to a version that gets security updates.',
      )
    : null;
}

const distanceFault = (milliseconds: number) =>
  milliseconds > MAX_ROUND_TRIP_MS &&
  look(
    `The database is ${Math.round(milliseconds)} ms away.`,
    'Each page asks it several times, so all pages are slow.',
    'Run the database in the same data center as the server.',
  );

const UNREACHABLE: Record<string, [text: string, advice: string]> = {
  ECONNREFUSED: [
    'No database listens at the address in DATABASE_URL.',
    'Start PostgreSQL, or correct host and port in DATABASE_URL.',
  ],
  ENOTFOUND: [
    'The host in DATABASE_URL is not known.',
    'Correct the host in DATABASE_URL. The name of a container is known to containers of the same network only.',
  ],
  '28P01': [
    'PostgreSQL refuses the user or password in DATABASE_URL.',
    'Correct them. Special characters of a password are written as %40.',
  ],
  '28000': [
    'PostgreSQL does not let this user in from this machine.',
    'Allow it in pg_hba.conf, or correct the user in DATABASE_URL.',
  ],
  '3D000': [
    'The database in DATABASE_URL does not exist.',
    'Create it, as with: createdb neighborshare. Or correct the name in DATABASE_URL.',
  ],
  '53300': [
    'PostgreSQL has no connection left.',
    'Raise max_connections, or lower DATABASE_POOL and the connections of other programs.',
  ],
  SQLITE_NOTADB: [
    'The database file is not a SQLite database.',
    'Restore the newest backup: docs/operating.md, "Backup and restore".',
  ],
};

function unreachable(
  file: string | null,
  error: NodeJS.ErrnoException,
): Finding {
  if (error instanceof MissingDatabase)
    return broken(
      `There is no database ${file}.`,
      'The server has not started here yet, or it runs with other settings than the doctor.',
      'Run the doctor with the settings of the server. If there is no server yet, start it: it makes the database.',
    );
  const [text, advice] = UNREACHABLE[error.code ?? ''] ?? [
    `The database cannot be opened (${error.code ?? error.name}).`,
    file
      ? `See who owns ${file} and the files beside it: they must belong to the user of the server.`
      : 'See whether PostgreSQL runs, whether a firewall is between, and what its log says.',
  ];
  return broken(
    text,
    'The server cannot serve anybody until the database answers.',
    advice,
  );
}
