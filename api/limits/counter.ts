import { createHash } from 'node:crypto';
import type { Orm } from '../database/orm';
import { ServiceUnavailable, TooManyRequests } from '../errors';
import { type Text } from '../language/text';
import {
  addPoints,
  deletePoints,
  readPoints,
  setPoints,
  type AttemptCount,
} from './attempts.reads';

/** How often an action is allowed. */
export type Allowance = {
  /** The action; prefix of its keys in the table. */
  name: string;
  /** How many times within `seconds`. */
  times: number;
  /** Length of the window, which starts with the first attempt. */
  seconds: number;
  /** Sentence of the error when the limit is exceeded, without the time to wait. */
  refusal: Text;
};

/** Counts attempts in the database, so that counts are shared by all processes and survive a restart. */
export interface Counter {
  /**
   * Adds attempts in one statement, so that concurrent calls each get a different total.
   * @returns the total, including these
   * @throws TooManyRequests where the total exceeds the allowance
   */
  add(key: string, count?: number): Promise<number>;
  /** Subtracts attempts that turned out not to count. */
  subtract(key: string, count?: number): Promise<void>;
  /** Checks without counting. @throws TooManyRequests where the allowance is used up */
  assertAllowed(key: string): Promise<void>;
  /** Returns the number of attempts. */
  total(key: string): Promise<number>;
  /** Refuses every attempt for a number of seconds. */
  block(key: string, seconds: number): Promise<void>;
  /** Deletes the count. */
  reset(key: string): Promise<void>;
}

/** Database of the counts, and a listener for its errors. */
export type CounterStore = {
  orm: Orm;
  onError: (error: unknown) => void;
};

/** Number of cached refusals from which expired ones are removed. */
const MAX_CACHED_REFUSALS = 1000;

/**
 * Creates a counter for one action. An attempt that cannot be counted is refused: every method throws
 * ServiceUnavailable where the database does not answer.
 * @param cachesRefusals true where attempts are never subtracted: refusals then come from memory, and
 * further attempts cost the database nothing
 * @param maxWait the longest `retryAfter`, in seconds
 */
export function createCounter(
  { orm, onError }: CounterStore,
  { name, times, seconds, refusal }: Allowance,
  { cachesRefusals = false, maxWait = Infinity } = {},
): Counter {
  const refusals = new Map<string, AttemptCount>();
  const toKey = (key: string) => `${name}:${hash(key)}`;
  const after = (seconds: number) => Date.now() + seconds * 1000;

  const tooMany = ({ expire }: AttemptCount) => {
    const wait = Math.max(1, Math.ceil((expire - Date.now()) / 1000));
    return new TooManyRequests(refusal, Math.min(wait, maxWait));
  };

  async function guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      onError(error);
      throw new ServiceUnavailable();
    }
  }

  function cacheRefusal(key: string, count: AttemptCount): void {
    if (refusals.size >= MAX_CACHED_REFUSALS)
      for (const [cached, { expire }] of refusals)
        if (expire <= Date.now()) refusals.delete(cached);
    refusals.set(key, count);
  }

  return {
    async add(key, count = 1) {
      const id = toKey(key);
      const cached = refusals.get(id);
      if (cached && cached.expire > Date.now()) throw tooMany(cached);
      const total = await guard(addPoints(orm, id, count, after(seconds)));
      if (total.points <= times) return total.points;
      if (cachesRefusals) cacheRefusal(id, total);
      throw tooMany(total);
    },
    async subtract(key, count = 1) {
      await guard(addPoints(orm, toKey(key), -count, after(seconds)));
    },
    async assertAllowed(key) {
      const found = await guard(readPoints(orm, toKey(key)));
      if (found && found.points >= times) throw tooMany(found);
    },
    async total(key) {
      return (await guard(readPoints(orm, toKey(key))))?.points ?? 0;
    },
    async block(key, seconds) {
      await guard(setPoints(orm, toKey(key), times + 1, after(seconds)));
    },
    async reset(key) {
      await guard(deletePoints(orm, toKey(key)));
    },
  };
}

/** Hashes a key: the table holds no names or addresses, and a username field may contain a password. */
const hash = (key: string) =>
  createHash('sha256').update(key).digest('base64url');
