import type { Config } from '../config';
import { TooManyRequests } from '../errors';
import {
  createCounter,
  type Allowance,
  type Counter,
  type Store,
} from './counter';
import { createPasswordGuard, type PasswordGuard } from './passwordGuard';

const HOUR_SECONDS = 60 * 60;

/** Keeps people and programs from doing things too often (docs/decisions/0014-limits.md). */
export interface Throttle {
  /**
   * Counts that somebody does something once more.
   * @param who a user's id, or what `networkKey` made of an address
   * @throws TooManyRequests; ServiceUnavailable where nobody can count
   */
  count(allowance: Allowance, who: string): Promise<void>;
  /** Counts an account that is made from this network; throws as `count` does. */
  countSignUp(network: string): Promise<void>;
  /**
   * Counts a mail to choose a new password with, also by the address that it is to be sent to,
   * whether an account has it or not; throws as `count` does.
   * @param email the key of the address
   */
  countPasswordReset(network: string, email: string): Promise<void>;
  /**
   * May one more mail be sent to an address that somebody says is theirs? Whoever asks for it is not
   * told, as it may be another who has asked before.
   * @param email the key of the address
   * @throws ServiceUnavailable where nobody can count
   */
  allowsVerification(email: string): Promise<boolean>;
  /**
   * Has the password of a login checked, unless too many were wrong for this name, or from this
   * network. Right ones never count, so that a household or a school can log in behind one address.
   * @param name the key of the username; whether somebody has it makes no difference
   * @param check gives null where the name or the password is wrong
   * @returns what the check gave
   * @throws TooManyRequests, before the check; ServiceUnavailable
   */
  guardLogin<T>(
    who: { name: string; network: string },
    check: () => Promise<T | null>,
  ): Promise<T | null>;
  /** Forgets the failed logins of a name, as its password was set anew. */
  resetLogins(name: string): Promise<void>;
  /** For the password that somebody who is logged in has to give once more; by user id. */
  readonly reauthentication: PasswordGuard;
}

const RESETS_PER_NETWORK = {
  name: 'password resets from',
  times: 60,
  seconds: HOUR_SECONDS,
  refusal: 'Many new passwords were asked for from where you are',
};
const RESETS_PER_ADDRESS = {
  name: 'password resets for',
  times: 5,
  seconds: HOUR_SECONDS,
  refusal: 'A new password was asked for often',
};

const VERIFICATIONS_PER_ADDRESS = {
  name: 'verifications for',
  times: 5,
  seconds: HOUR_SECONDS,
  refusal: 'This address was to be verified often',
};

type Limits = Pick<Config, 'loginFailuresPerAddress' | 'signUpsPerAddress'>;

/** @param limits how much one network may do in an hour */
export function createThrottle(
  store: Store,
  { loginFailuresPerAddress, signUpsPerAddress }: Limits,
): Throttle {
  const counters = new Map<string, Counter>();
  const logins = createPasswordGuard(store, 'login');
  const fromNetwork = createCounter(store, {
    name: 'logins from',
    times: loginFailuresPerAddress,
    seconds: HOUR_SECONDS,
    refusal: 'There were too many wrong passwords from where you are',
  });
  const signUps = {
    name: 'sign-ups from',
    times: signUpsPerAddress,
    seconds: HOUR_SECONDS,
    refusal: 'Many people have signed up from where you are',
  };

  const count: Throttle['count'] = async (allowance, who) => {
    let counter = counters.get(allowance.name);
    if (!counter) {
      counter = createCounter(store, allowance, { remembers: true });
      counters.set(allowance.name, counter);
    }
    await counter.take(who);
  };

  return {
    count,
    countSignUp: (network) => count(signUps, network),
    async countPasswordReset(network, email) {
      await count(RESETS_PER_NETWORK, network);
      await count(RESETS_PER_ADDRESS, email);
    },
    async allowsVerification(email) {
      try {
        await count(VERIFICATIONS_PER_ADDRESS, email);
        return true;
      } catch (error) {
        if (error instanceof TooManyRequests) return false;
        throw error;
      }
    },
    async guardLogin({ name, network }, check) {
      await fromNetwork.assertOpen(network);
      const found = await logins.attempt(name, check);
      if (found === null) await fromNetwork.take(network);
      return found;
    },
    resetLogins: (name) => logins.reset(name),
    reauthentication: createPasswordGuard(store, 'own password'),
  };
}
