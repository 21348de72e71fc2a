import type { Orm } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { SessionEntity } from './session.entity';

/** How often it is written down which sessions were used, in milliseconds. */
const INTERVAL = 60_000;
/** How many sessions one statement names. */
const MOST_AT_ONCE = 1000;

/**
 * Which sessions are in use. It is noted in memory, so that no request writes for it, and written
 * down every minute.
 */
export interface LastUsed {
  /** The session is being used just now. */
  note(sessionId: string): void;
  /** Writes down what was noted since the last time. @throws what the database throws */
  write(): Promise<void>;
  /** Writes down what was noted, and no more after that. */
  close(): Promise<void>;
}

/** @param onError is told when it could not be written down; the next time it is tried again */
export function createLastUsed(
  orm: Orm,
  onError: (error: unknown) => void,
): LastUsed {
  const used = new Set<string>();
  let underWay = Promise.resolve();

  async function write(): Promise<void> {
    const ids = [...used];
    used.clear();
    while (ids.length > 0) {
      const some = ids.slice(0, MOST_AT_ONCE);
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
      ids.splice(0, MOST_AT_ONCE);
    }
  }

  const timer = setInterval(() => {
    underWay = write().catch(onError);
  }, INTERVAL).unref();

  return {
    note: (sessionId) => used.add(sessionId),
    write,
    async close() {
      clearInterval(timer);
      await underWay;
      await write().catch(onError);
    },
  };
}
