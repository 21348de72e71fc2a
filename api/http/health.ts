import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyPluginAsync } from 'fastify';
import type { Services } from '../context';
import { areMigrated } from '../database/orm';
import { API_HEADERS } from './headers';

/** How long a probe waits for the database, in milliseconds. */
const DATABASE_TIMEOUT_MS = 2000;

/** Why no request should be sent here at the moment. */
type Obstacle = 'database' | 'logins' | 'stopping';

/** Whether this server can do its work. */
export interface Readiness {
  /** What stands against it; nothing where it is ready. */
  obstacles(): Promise<Obstacle[]>;
  /** From now on it is stopping. */
  stop(): void;
}

/** Looks at what every request needs, with one small statement for all who ask at the same time. */
export function createReadiness({
  orm,
  reads,
  blocklist,
}: Pick<Services, 'orm' | 'reads' | 'blocklist'>): Readiness {
  let isStopping = false;
  let runningCheck: Promise<boolean> | undefined;

  const checkDatabase = () =>
    (runningCheck ??= areMigrated(orm, reads)
      .catch(() => false)
      .finally(() => (runningCheck = undefined)));

  return {
    async obstacles() {
      const [database, logins] = await Promise.all([
        Promise.race([
          checkDatabase(),
          pause(DATABASE_TIMEOUT_MS, false, { ref: false }),
        ]),
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
 * What a supervisor and a load balancer ask: `/live` whether the process answers at all, `/ready`
 * whether it can do its work. To be registered with the prefix `/health`.
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
