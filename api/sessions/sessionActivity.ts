import type { Orm } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { SessionEntity } from './session.entity';

/** How often used sessions are written to the table. */
const WRITE_INTERVAL_MS = 60_000;
/** Sessions per statement. */
const MAX_IDS_PER_STATEMENT = 1000;

/** Records when sessions were last used: in memory, so that requests do not write, and every minute in the table. */
export interface SessionActivity {
  /** Marks a session as used now. */
  touch(sessionId: string): void;
  /** Writes the marked sessions to the table. @throws the database's error */
  write(): Promise<void>;
  /** Writes a last time and stops. */
  close(): Promise<void>;
}

/** @param onError called when writing failed; it is repeated the next time */
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
