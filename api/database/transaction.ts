import { setTimeout as pause } from 'node:timers/promises';
import { DeadlockException, LockWaitTimeoutException } from '@mikro-orm/core';
import type { EntityManager } from './orm';

/** Most attempts at a transaction that conflicts with others. */
const MAX_ATTEMPTS = 8;

/** Time after which a conflicting transaction is not tried again, in milliseconds. */
const RETRY_TIMEOUT_MS = 5000;

/** Longest delay before the second attempt, in milliseconds; it doubles each time. */
const FIRST_RETRY_DELAY_MS = 10;

/**
 * Makes a transaction of SQLite wait for other writers before it reads. Otherwise it fails again when one of
 * them writes between its first look and its own write, however long it may wait.
 */
const WRITES_NOTHING = 'delete from attempts where 1 = 0';

/**
 * Runs work in a transaction. Where the database gives up because of a concurrent transaction (a
 * deadlock; an outdated snapshot in SQLite), the work is run again.
 * @param work gets an entity manager of its own, on the transaction's connection
 * @returns what the work returned
 */
export async function inTransaction<T>(
  em: EntityManager,
  work: (em: EntityManager) => Promise<T>,
): Promise<T> {
  const began = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await em.fork().transactional(async (em) => {
        if (attempt > 1) await em.execute(WRITES_NOTHING);
        return work(em);
      });
    } catch (error) {
      const isInTheWay =
        error instanceof DeadlockException ||
        error instanceof LockWaitTimeoutException;
      const isHopeless =
        attempt === MAX_ATTEMPTS ||
        performance.now() - began > RETRY_TIMEOUT_MS;
      if (!isInTheWay || isHopeless) throw error;
      // A random delay, so that the same two do not conflict again.
      await pause(Math.random() * FIRST_RETRY_DELAY_MS * 2 ** (attempt - 1));
    }
  }
}
