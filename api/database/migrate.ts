import { setTimeout as pause } from 'node:timers/promises';
import type { Orm } from './orm';
import type { Reads } from './reads';
import { sql } from './sql';

/** How often to ask whether another process has finished the migrations. */
const POLL_INTERVAL_MS = 300;
/** How long to go on while another process migrates, or a transaction uses a table that a migration changes. */
const LOCKED_TIMEOUT_MS = 600_000;
/** Pause in which operations run that waited behind the migration. */
const LOCKED_PAUSE_MS = 2000;
/** Pauses after other failures, such as a deadlock with an older version that is in use. */
const PAUSES_MS = [200, 500, 1000, 2000, 4000];

/** Key of the lock that only one process holds; any number that nothing else uses. */
export const MIGRATION_LOCK = 7_301_983_465;

/** Failures that the next attempt will not mend: a wrong password, a missing database, no connection left. */
const PERMANENT_FAILURES = /^(28...|3D...|53300|42501)$/;

/** Returns whether all migrations of this version have run. The tables may also be newer. */
export async function areMigrated(
  orm: Orm,
  reads: Pick<Reads, 'all'>,
): Promise<boolean> {
  const run = await reads.all<{ name: string }>(
    sql`select name from mikro_orm_migrations`,
  );
  const names = new Set(run.map(({ name }) => name));
  return (orm.config.get('migrations').migrationsList ?? []).every(
    (migration) => 'name' in migration && names.has(migration.name),
  );
}

/** Error of a process that has waited for the migrations of another one for too long. */
class MigrationRunsElsewhere extends Error {
  /** The code of PostgreSQL for a lock that is not free. */
  readonly code = '55P03';

  constructor() {
    super('another process has been migrating the database for too long');
  }
}

/**
 * Brings the tables of PostgreSQL up to date. One process at a time does so. A migration that does not get
 * its lock at once lets the operations behind it pass, and is tried again.
 * @param orm from `connect()`
 * @param timeoutMs how long to go on while others hold a lock
 * @throws the database's error; MigrationRunsElsewhere
 */
export async function migratePostgres(
  orm: Orm,
  timeoutMs = LOCKED_TIMEOUT_MS,
): Promise<void> {
  const began = performance.now();
  const isOver = () => performance.now() - began > timeoutMs;
  for (let failures = 0; ;)
    try {
      if (await migrateExclusively(orm)) return;
      if (isOver()) throw new MigrationRunsElsewhere();
      await pause(POLL_INTERVAL_MS);
    } catch (error) {
      const code = String((error as { code?: unknown }).code);
      const isLocked = code === '55P03';
      const wait = isLocked ? LOCKED_PAUSE_MS : PAUSES_MS[failures++];
      if (wait === undefined || isOver() || PERMANENT_FAILURES.test(code))
        throw error;
      await pause(wait);
    }
}

/**
 * Runs the migrations, unless another process is running them. The lock ends with its transaction, also
 * where this process is killed. Others must not wait for it in a statement: `create index concurrently`
 * waits for all statements of others.
 * @returns false where another process is running them
 */
function migrateExclusively(orm: Orm): Promise<boolean> {
  const connection = orm.em.getConnection();
  return connection.transactional(async (transaction) => {
    const run = <Row>(text: string) =>
      connection.execute<Row[]>(text, [], 'all', transaction);
    await run('set local idle_in_transaction_session_timeout = 0');
    // Ends the lock of a machine that has vanished after half a minute instead of two hours.
    await run(
      'set local tcp_keepalives_idle = 15; set local tcp_keepalives_interval = 5; set local tcp_keepalives_count = 3',
    );
    const [lock] = await run<{ mine: boolean }>(
      `select pg_try_advisory_xact_lock(${MIGRATION_LOCK}) as mine`,
    );
    if (!lock?.mine) return false;
    await orm.getMigrator().up();
    return true;
  });
}
