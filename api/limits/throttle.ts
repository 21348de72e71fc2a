import type { Config } from '../config';
import { TooManyRequests } from '../errors';
import { text } from '../language/text';
import {
  createCounter,
  type Allowance,
  type Counter,
  type CounterStore,
} from './counter';
import { createFailureLimit } from './failureLimit';
import { createPasswordGuard, type PasswordGuard } from './passwordGuard';

const HOUR_SECONDS = 60 * 60;

/** Rate limits per person, account and network (docs/decisions/0014-limits.md). */
export interface Throttle {
  /**
   * Counts an action.
   * @param key a user's id, or a network as `networkKey` returns it
   * @throws TooManyRequests; ServiceUnavailable where it cannot be counted
   */
  count(allowance: Allowance, key: string): Promise<void>;
  /** Counts an account created from this network; throws as `count` does. */
  countSignUp(network: string): Promise<void>;
  /**
   * Counts a request for a password-reset mail, by network and by recipient, whether or not an account
   * has the address; throws as `count` does.
   * @param email key of the address
   */
  countPasswordReset(network: string, email: string): Promise<void>;
  /**
   * Counts a verification mail to an address that a user has entered: by user and address, by network, and
   * by address. Few of one user, so that no one else uses up those of the owner. The user does not learn
   * that it is refused, as the earlier ones may have been requested by others.
   * @param email key of the address
   * @returns whether the mail may be sent
   * @throws ServiceUnavailable where it cannot be counted
   */
  allowsVerification(request: {
    userId: string;
    network: string;
    email: string;
  }): Promise<boolean>;
  /**
   * Checks the password of a login, unless there were too many wrong ones for this name or from this
   * network, or far too many right ones for this name. Right ones never count for the network, so that a
   * household or a school can log in from one address.
   * @param name key of the username or of the e-mail address; whether an account has it makes no difference
   * @param check returns null where the name or the password is wrong
   * @returns the result of the check
   * @throws TooManyRequests, before the check; ServiceUnavailable
   */
  guardLogin<T>(
    client: { name: string; network: string },
    check: () => Promise<T | null>,
  ): Promise<T | null>;
  /** Deletes the failed logins of a name, after its password was reset. */
  resetLogins(name: string): Promise<void>;
  /** Guards the password that a logged-in user has to enter again; by user id. */
  readonly reauthentication: PasswordGuard;
}

const RESETS_PER_NETWORK = {
  name: 'password resets from',
  times: 60,
  seconds: HOUR_SECONDS,
  refusal: text('limits.passwordResetsFromNetwork'),
};
const RESETS_PER_ADDRESS = {
  name: 'password resets for',
  times: 5,
  seconds: HOUR_SECONDS,
  refusal: text('limits.passwordResetsForAddress'),
};

const verifications = (by: string, times: number) => ({
  name: `verifications ${by}`,
  times,
  seconds: HOUR_SECONDS,
  refusal: text('limits.verifications'),
});
const VERIFICATIONS_PER_USER = verifications('of', 3);
const VERIFICATIONS_PER_NETWORK = verifications('from', 60);
/** Sign-ups make new users, so that the limit of a user alone would not do. */
const VERIFICATIONS_PER_NETWORK_AND_ADDRESS = verifications('from and for', 4);
const VERIFICATIONS_PER_ADDRESS = verifications('for', 10);

/** Right passwords of a name: far more than a person enters, so that no account keeps the server hashing. */
const LOGINS_PER_NAME = {
  name: 'logins of',
  times: 300,
  seconds: HOUR_SECONDS,
  refusal: text('limits.logins'),
};

type Limits = Pick<Config, 'loginFailuresPerAddress' | 'signUpsPerAddress'>;

/**
 * Creates the throttle.
 * @param limits per network and hour
 */
export function createThrottle(
  store: CounterStore,
  { loginFailuresPerAddress, signUpsPerAddress }: Limits,
): Throttle {
  const counters = new Map<string, Counter>();
  const logins = createPasswordGuard(store, 'login');
  const loginFailures = createCounter(store, {
    name: 'logins from',
    times: loginFailuresPerAddress,
    seconds: HOUR_SECONDS,
    refusal: text('limits.wrongPasswordsFromNetwork'),
  });
  const loginsFromNetwork = createFailureLimit(loginFailures);
  const rightLogins = createCounter(store, LOGINS_PER_NAME);
  const signUps = {
    name: 'sign-ups from',
    times: signUpsPerAddress,
    seconds: HOUR_SECONDS,
    refusal: text('limits.signUps'),
  };

  const count: Throttle['count'] = async (allowance, key) => {
    let counter = counters.get(allowance.name);
    if (!counter) {
      counter = createCounter(store, allowance, { cachesRefusals: true });
      counters.set(allowance.name, counter);
    }
    await counter.add(key);
  };

  return {
    count,
    countSignUp: (network) => count(signUps, network),
    async countPasswordReset(network, email) {
      await count(RESETS_PER_NETWORK, network);
      await count(RESETS_PER_ADDRESS, email);
    },
    async allowsVerification({ userId, network, email }) {
      try {
        // What is refused for the user or the network does not count for the address.
        await count(VERIFICATIONS_PER_USER, `${userId} ${email}`);
        await count(VERIFICATIONS_PER_NETWORK, network);
        await count(
          VERIFICATIONS_PER_NETWORK_AND_ADDRESS,
          `${network} ${email}`,
        );
        await count(VERIFICATIONS_PER_ADDRESS, email);
        return true;
      } catch (error) {
        if (error instanceof TooManyRequests) return false;
        throw error;
      }
    },
    async guardLogin({ name, network }, check) {
      await loginFailures.assertAllowed(network);
      await rightLogins.assertAllowed(name);
      const found = await logins.attempt(name, () =>
        loginsFromNetwork.attempt(network, check),
      );
      if (found !== null) await rightLogins.add(name);
      return found;
    },
    resetLogins: (name) => logins.reset(name),
    reauthentication: createPasswordGuard(store, 'own password'),
  };
}
