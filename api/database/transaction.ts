import { setTimeout as pause } from 'node:timers/promises';
import { DeadlockException, LockWaitTimeoutException } from '@mikro-orm/core';
import type { EntityManager } from './orm';

/** How often something is tried that others got in the way of. */
const MOST_ATTEMPTS = 8;

/** After so many milliseconds whatever is in the way will stay there for now. */
const PATIENCE = 5000;

/** The longest pause before the second attempt, in milliseconds; it doubles from then on. */
const FIRST_PAUSE = 10;

/**
 * Does all of the work or nothing of it. Where the database gives up because of somebody else's
 * transaction (a deadlock; a snapshot of SQLite that has grown old), the work is done anew.
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
      return await em.fork().transactional(work);
    } catch (error) {
      const isInTheWay =
        error instanceof DeadlockException ||
        error instanceof LockWaitTimeoutException;
      const isHopeless =
        attempt === MOST_ATTEMPTS || performance.now() - began > PATIENCE;
      if (!isInTheWay || isHopeless) throw error;
      // Each a while of their own, so that the same two do not meet again.
      await pause(Math.random() * FIRST_PAUSE * 2 ** (attempt - 1));
    }
  }
}
