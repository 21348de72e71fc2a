import { ServiceUnavailable } from '../errors';
import { createCounter, type Store } from './counter';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;

/** How many wrong passwords are free, before one has to wait after each. */
const FREE_ATTEMPTS = 5;
/** How long one waits at first; it doubles with each further failure. In seconds. */
const FIRST_WAIT_SECONDS = MINUTE_SECONDS;
/** The longest wait, in seconds. */
const MAX_WAIT_SECONDS = 15 * MINUTE_SECONDS;
/** How many may wait for those before them to be checked. */
const MAX_WAITING = 500;

const REFUSAL = 'There were too many wrong passwords';

/** Lets people try passwords, but not many wrong ones. */
export interface PasswordGuard {
  /**
   * Has a password checked unless too many were wrong before: then nothing is checked. Attempts at
   * one account take turns, so that right ones at once are all let through, and of wrong ones at
   * once no more are checked than of wrong ones in a row.
   * @param account whose password; it need not exist
   * @param check gives null where the password is wrong; what it throws is no failure
   * @returns what the check gave
   * @throws TooManyRequests, before the check; ServiceUnavailable where nobody can count, or too
   * many are waiting
   */
  attempt<T>(
    account: string,
    check: () => Promise<T | null>,
  ): Promise<T | null>;
  /** Forgets the failures: somebody has proven in another way whose account it is. */
  reset(account: string): Promise<void>;
}

/**
 * Five wrong passwords are free, within an hour; after that, one each may be tried after a minute,
 * two, four, eight, and then always fifteen. A right one ends it.
 * @param name what the keys in the table begin with
 */
export function createPasswordGuard(store: Store, name: string): PasswordGuard {
  const failures = createCounter(
    store,
    { name, times: FREE_ATTEMPTS, seconds: HOUR_SECONDS, refusal: REFUSAL },
    // Another process may be at the fifth, and has not said yet how long to wait.
    { longestWait: MAX_WAIT_SECONDS },
  );
  /** How often one had to wait: never too often. */
  const waits = createCounter(store, {
    name: `${name} waits`,
    times: Number.MAX_SAFE_INTEGER,
    seconds: 24 * HOUR_SECONDS,
    refusal: REFUSAL,
  });
  const withAccountLock = createKeyedMutex();

  return {
    attempt: (account, check) =>
      withAccountLock(account, async () => {
        await failures.assertOpen(account);
        const waited = await waits.look(account);
        const cost = waited > 0 ? FREE_ATTEMPTS : 1;
        const taken = await failures.take(account, cost);
        const found = await check().catch(async (error: unknown) => {
          await failures.giveBack(account, cost);
          throw error;
        });
        if (found !== null) {
          await failures.forget(account);
          if (waited > 0) await waits.forget(account);
        } else if (taken >= FREE_ATTEMPTS) {
          const wait =
            FIRST_WAIT_SECONDS * 2 ** ((await waits.take(account)) - 1);
          await failures.close(account, Math.min(wait, MAX_WAIT_SECONDS));
        }
        return found;
      }),
    async reset(account) {
      await failures.forget(account);
      await waits.forget(account);
    },
  };
}

/** Does what has the same key one after the other, in the order in which it came. */
function createKeyedMutex() {
  const last = new Map<string, Promise<unknown>>();
  let waiting = 0;
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const before = last.get(key);
    if (before && waiting >= MAX_WAITING)
      throw new ServiceUnavailable(
        'Many people are logging in: try again in a moment',
      );
    waiting += 1;
    const mine = (before ?? Promise.resolve()).then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      waiting -= 1;
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
