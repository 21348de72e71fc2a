import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyPluginAsync } from 'fastify';
import type { Services } from '../context';
import { areMigrated } from '../database/migrate';
import { API_HEADERS } from './headers';

/** How long a probe waits for the database. */
const DATABASE_TIMEOUT_MS = 2000;

/** Reason why this server should receive no requests at the moment. */
type Obstacle = 'database' | 'logins' | 'stopping';

/** Readiness of this server. */
export interface Readiness {
  /** Returns the reasons against readiness; empty where it is ready. */
  obstacles(): Promise<Obstacle[]>;
  /** Reports `stopping` from now on. */
  stop(): void;
}

/** Checks what every request needs, with one small statement for all concurrent probes. */
export function createReadiness({
  orm,
  systemReads,
  blocklist,
}: Pick<Services, 'orm' | 'systemReads' | 'blocklist'>): Readiness {
  let isStopping = false;
  let runningCheck: Promise<boolean> | undefined;

  // A check that gets no answer is given up, as the next one may use another connection.
  const checkDatabase = () =>
    (runningCheck ??= Promise.race([
      areMigrated(orm, systemReads).catch(() => false),
      pause(DATABASE_TIMEOUT_MS, false, { ref: false }),
    ]).finally(() => (runningCheck = undefined)));

  return {
    async obstacles() {
      const [database, logins] = await Promise.all([
        checkDatabase(),
        blocklist.isTrusted(),
      ]);
      return [
        ...(database ? [] : ['database' as const]),
        ...(logins ? [] : ['logins' as const]),
        ...(isStopping ? ['stopping' as const] : []),
      ];
    },
    stop() {
      isStopping = true;
    },
  };
}

/**
 * Serves the probes of supervisors and load balancers: `/live` shows that the process answers, `/ready`
 * that it can serve requests. To be registered with the prefix `/health`.
 */
export const health: FastifyPluginAsync<{ readiness: Readiness }> = (
  app,
  { readiness },
) => {
  app.get('/live', (_, reply) =>
    reply.headers(API_HEADERS).send({ status: 'live' }),
  );
  app.get('/ready', async (_, reply) => {
    const obstacles = await readiness.obstacles();
    void reply.headers(API_HEADERS);
    return obstacles.length === 0
      ? { status: 'ready' }
      : reply.code(503).send({ status: 'not ready', obstacles });
  });
  return Promise.resolve();
};
