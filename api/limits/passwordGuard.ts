import { ServiceUnavailable } from '../errors';
import { text } from '../language/text';
import { createCounter, type CounterStore } from './counter';
import { createKeyedMutex } from './keyedMutex';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;

/** Wrong passwords without a wait. */
const FREE_ATTEMPTS = 5;
/** The first wait, in seconds; it doubles with each further failure. */
const FIRST_WAIT_SECONDS = MINUTE_SECONDS;
const MAX_WAIT_SECONDS = 15 * MINUTE_SECONDS;
/** Attempts that may run or wait at the same time, over all accounts. */
const MAX_WAITING = 500;

const REFUSAL = text('limits.wrongPasswords');

/** Limits wrong passwords per account. */
export interface PasswordGuard {
  /**
   * Checks a password, unless there were too many wrong ones before. Attempts at one account run one
   * after the other: concurrent right ones all pass, and no more concurrent wrong ones are checked
   * than consecutive ones.
   * @param account key of the account; it need not exist
   * @param check returns null where the password is wrong; an error it throws is no failure
   * @returns the result of the check
   * @throws TooManyRequests, before the check; ServiceUnavailable where attempts cannot be counted or
   * too many are waiting
   */
  attempt<T>(
    account: string,
    check: () => Promise<T | null>,
  ): Promise<T | null>;
  /** Deletes the failures, after the owner was identified in another way. */
  reset(account: string): Promise<void>;
}

/**
 * Creates a guard: five wrong passwords within an hour are free, then one each is allowed after
 * waits of one, two, four, eight and at most fifteen minutes. A right password resets it.
 * @param name prefix of the keys in the table
 */
export function createPasswordGuard(
  store: CounterStore,
  name: string,
): PasswordGuard {
  const failures = createCounter(
    store,
    { name, times: FREE_ATTEMPTS, seconds: HOUR_SECONDS, refusal: REFUSAL },
    // Another process may have counted the fifth failure and not yet have set the wait.
    { maxWait: MAX_WAIT_SECONDS },
  );
  /** How many waits were imposed; unlimited. */
  const waits = createCounter(store, {
    name: `${name} waits`,
    times: Number.MAX_SAFE_INTEGER,
    seconds: 24 * HOUR_SECONDS,
    refusal: REFUSAL,
  });
  const withAccountLock = createKeyedMutex(
    MAX_WAITING,
    () => new ServiceUnavailable(text('limits.busy')),
  );

  return {
    attempt: (account, check) =>
      withAccountLock(account, async () => {
        await failures.assertAllowed(account);
        const waited = await waits.total(account);
        const cost = waited > 0 ? FREE_ATTEMPTS : 1;
        const taken = await failures.add(account, cost);
        const found = await check().catch(async (error: unknown) => {
          await failures.subtract(account, cost);
          throw error;
        });
        if (found !== null) {
          await failures.reset(account);
          if (waited > 0) await waits.reset(account);
        } else if (taken >= FREE_ATTEMPTS) {
          const wait =
            FIRST_WAIT_SECONDS * 2 ** ((await waits.add(account)) - 1);
          await failures.block(account, Math.min(wait, MAX_WAIT_SECONDS));
        }
        return found;
      }),
    async reset(account) {
      await failures.reset(account);
      await waits.reset(account);
    },
  };
}
