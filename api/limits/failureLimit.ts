import { ServiceUnavailable, TooManyRequests } from '../errors';
import { text } from '../language/text';
import type { Counter } from './counter';
import { createKeyedMutex } from './keyedMutex';

/** Attempts that may wait at the same time, over all keys. */
const MAX_WAITING = 500;

/** Runs checks of passwords as long as not too many have failed. */
export interface FailureLimit {
  /**
   * Runs a check, unless too many have failed. Each is counted before it runs, so that of any number of
   * concurrent ones no more fail than the limit allows; those beyond wait until running ones have ended,
   * so that any number of right ones pass.
   * @param check returns null where it fails; an error it throws is no failure
   * @returns the result of the check
   * @throws TooManyRequests, before the check; ServiceUnavailable where failures cannot be counted or too
   * many are waiting
   */
  attempt<T>(key: string, check: () => Promise<T | null>): Promise<T | null>;
}

/** Creates a limit of failures. @param failures counts them, and does not cache refusals */
export function createFailureLimit(failures: Counter): FailureLimit {
  /** Running checks of each key. */
  const running = new Map<string, Set<Promise<unknown>>>();
  const withLock = createKeyedMutex(
    MAX_WAITING,
    () => new ServiceUnavailable(text('limits.busy')),
  );

  /** Counts a check in advance, as soon as no running one could be the last failure that is allowed. */
  async function reserve(key: string): Promise<void> {
    for (;;) {
      try {
        await failures.add(key);
        return;
      } catch (error) {
        if (!(error instanceof TooManyRequests)) throw error;
        await failures.subtract(key);
        const others = running.get(key);
        if (!others) throw error;
        await Promise.race(others);
      }
    }
  }

  async function run<T>(
    key: string,
    check: () => Promise<T | null>,
  ): Promise<T | null> {
    let hasFailed = false;
    try {
      const found = await check();
      hasFailed = found === null;
      return found;
    } finally {
      if (!hasFailed) await failures.subtract(key);
    }
  }

  function track(key: string, check: Promise<unknown>): void {
    const others = running.get(key) ?? new Set();
    running.set(key, others);
    const ended = check.catch(() => undefined);
    others.add(ended);
    void ended.then(() => {
      others.delete(ended);
      if (others.size === 0) running.delete(key);
    });
  }

  return {
    async attempt(key, check) {
      const { result } = await withLock(key, async () => {
        await reserve(key);
        const result = run(key, check);
        track(key, result);
        // In an object, as the lock is for counting only and must not wait for the check.
        return { result };
      });
      return result;
    },
  };
}
