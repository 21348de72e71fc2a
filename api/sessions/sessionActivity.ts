import type { Orm } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { SessionEntity } from './session.entity';

/** How often it is written down which sessions were used, in milliseconds. */
const WRITE_INTERVAL_MS = 60_000;
/** How many sessions one statement names. */
const MAX_IDS_PER_STATEMENT = 1000;

/**
 * Which sessions are in use. It is noted in memory, so that no request writes for it, and written
 * down every minute.
 */
export interface SessionActivity {
  /** The session is being used just now. */
  touch(sessionId: string): void;
  /** Writes down what was noted since the last time. @throws what the database throws */
  write(): Promise<void>;
  /** Writes down what was noted, and no more after that. */
  close(): Promise<void>;
}

/** @param onError is told when it could not be written down; the next time it is tried again */
export function createSessionActivity(
  orm: Orm,
  onError: (error: unknown) => void,
): SessionActivity {
  const used = new Set<string>();
  let pendingWrite = Promise.resolve();

  async function write(): Promise<void> {
    const ids = [...used];
    used.clear();
    while (ids.length > 0) {
      const some = ids.slice(0, MAX_IDS_PER_STATEMENT);
      try {
        await inTransaction(orm.em, (em) =>
          em.nativeUpdate(
            SessionEntity,
            { id: { $in: some } },
            { lastUsedAt: new Date() },
          ),
        );
      } catch (error) {
        for (const id of ids) used.add(id);
        throw error;
      }
      ids.splice(0, MAX_IDS_PER_STATEMENT);
    }
  }

  const timer = setInterval(() => {
    pendingWrite = write().catch(onError);
  }, WRITE_INTERVAL_MS).unref();

  return {
    touch: (sessionId) => used.add(sessionId),
    write,
    async close() {
      clearInterval(timer);
      await pendingWrite;
      await write().catch(onError);
    },
  };
}
