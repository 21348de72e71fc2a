import { detectLimitScope } from '../database/postgres';
import type { Check } from './deployment';
import { withDatabase } from './database';
import { readConnections } from './doctor.reads';
import { broken, look, orGood } from './finding';

/** Share of the connections above which a server that starts may find none. */
const NEARLY_ALL = 0.8;

/** Limits of no importance, with which PgBouncer shows itself. */
const LIMITS = { statement: 10_000, lock: 1000, idleInTransaction: 10_000 };

/** Checks whether PostgreSQL has connections for all servers. */
export const connectionsCheck: Check = {
  title: 'Connections',
  run: (deployment) =>
    withDatabase(deployment, async (reads) => {
      if (reads.dialect === 'sqlite') return [];
      const { databaseUrl, databasePool } = deployment.config;
      const limitScope = await detectLimitScope(String(databaseUrl), LIMITS);
      const isPooled = limitScope === 'statement';
      // Besides the pool, two for what must not wait and one for announcements.
      const wanted = databasePool + 3;
      const { allowed, used } = await readConnections(reads);
      return orGood(
        [
          !isPooled && wanted > allowed && tooMany(wanted, allowed),
          used > allowed * NEARLY_ALL && nearlyAll(used, allowed),
        ],
        `${used} of ${allowed} in use, ${isPooled ? 'through PgBouncer' : `up to ${wanted} by each server`}`,
      );
    }),
};

const tooMany = (wanted: number, allowed: number) =>
  broken(
    `A server may use ${wanted} connections, but PostgreSQL allows ${allowed}.`,
    'When many people visit, pages wait and fail.',
    `Set DATABASE_POOL to at most ${Math.max(1, allowed - 5)}, or raise max_connections in postgresql.conf and restart PostgreSQL.`,
  );

const nearlyAll = (used: number, allowed: number) =>
  look(
    `${used} of ${allowed} connections of PostgreSQL are in use.`,
    'When none is left, pages wait and fail.',
    'Lower DATABASE_POOL, or raise max_connections in postgresql.conf and restart PostgreSQL.',
  );
