import { createHash } from 'node:crypto';
import {
  RateLimiterPostgres,
  RateLimiterRes,
  RateLimiterSQLite,
  type RateLimiterStoreAbstract,
} from 'rate-limiter-flexible';
import type { Orm } from '../database/orm';
import type { Reads } from '../database/reads';
import { ServiceUnavailable, TooManyRequests } from '../errors';

/** How often somebody may do something. */
export type Allowance = {
  /** What: the keys in the table begin with it. */
  name: string;
  /** How often... */
  times: number;
  /** ...from the first time on, within so many seconds. */
  seconds: number;
  /** Where it was too often: what it was, as the beginning of a sentence. */
  refusal: string;
};

/** Counts in the database: so it holds for several processes, and survives a restart. */
export interface Counter {
  /**
   * Counts so many times more, in one statement: of several at once, each is told another number.
   * @returns how often it was, with these
   * @throws TooManyRequests where that is more than is allowed
   */
  take(who: string, times?: number): Promise<number>;
  /** Takes that back. */
  giveBack(who: string, times?: number): Promise<void>;
  /** @throws TooManyRequests where it is allowed no more; it is not counted */
  assertOpen(who: string): Promise<void>;
  /** How often it was. */
  look(who: string): Promise<number>;
  /** Allows it no more for so many seconds. */
  close(who: string, seconds: number): Promise<void>;
  /** Begins anew. */
  forget(who: string): Promise<void>;
}

/** Where to count, and who is told what went wrong there. */
export type Store = {
  orm: Orm;
  reads: Pick<Reads, 'dialect'>;
  onError: (error: unknown) => void;
};

/**
 * Makes what counts one thing, for whoever does it. It never lets through what it cannot count: all
 * of it throws ServiceUnavailable where the database does not answer.
 * @param remembers true where nothing is ever given back: then refusals come from memory, and
 * whoever goes on all the same costs the database nothing
 * @param longestWait the most seconds that anybody is told to wait
 */
export function createCounter(
  store: Store,
  { name, times, seconds, refusal }: Allowance,
  { remembers = false, longestWait = Infinity } = {},
): Counter {
  const limiter = openLimiter(store, {
    keyPrefix: name,
    points: times,
    duration: seconds,
    inMemoryBlockOnConsumed: remembers ? times + 1 : undefined,
    tableName: 'attempts',
    tableCreated: true,
    // A job of ours does it: where theirs fails, the process ends.
    clearExpiredByTimeout: false,
  });

  const tooMany = ({ msBeforeNext }: RateLimiterRes) => {
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
    return new TooManyRequests(refusal, Math.min(seconds, longestWait));
  };

  async function answer<T>(asked: Promise<T>): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof RateLimiterRes) throw tooMany(error);
      store.onError(error);
      throw new ServiceUnavailable(
        'This cannot be done just now: try again in a moment',
      );
    }
  }

  return {
    async take(who, count = 1) {
      const { consumedPoints } = await answer(
        limiter.consume(hashed(who), count),
      );
      return consumedPoints;
    },
    async giveBack(who, count = 1) {
      await answer(limiter.reward(hashed(who), count));
    },
    async assertOpen(who) {
      const found = await answer(limiter.get(hashed(who)));
      if (found && found.consumedPoints >= times) throw tooMany(found);
    },
    async look(who) {
      return (await answer(limiter.get(hashed(who))))?.consumedPoints ?? 0;
    },
    async close(who, seconds) {
      await answer(limiter.block(hashed(who), seconds));
    },
    async forget(who) {
      await answer(limiter.delete(hashed(who)));
    },
  };
}

/** The table holds no names and no addresses; and some type their password where their name belongs. */
const hashed = (who: string) =>
  createHash('sha256').update(who).digest('base64url');

type Options = ConstructorParameters<typeof RateLimiterSQLite>[0];

function openLimiter(
  { orm, reads }: Store,
  options: Omit<Options, 'storeClient'>,
): RateLimiterStoreAbstract {
  const knex = orm.em.getConnection().getKnex();
  return reads.dialect === 'sqlite'
    ? new RateLimiterSQLite({ ...options, storeClient: asSqlite3(knex) })
    : new RateLimiterPostgres({
        ...options,
        storeClient: knex,
        storeType: 'knex',
      });
}

type Knex = ReturnType<ReturnType<Orm['em']['getConnection']>['getKnex']>;
type Done = (this: { changes: number }, error: unknown, row?: unknown) => void;

/** What sqlite3 calls back with; nobody reads what the library makes of the number. */
const statement = { changes: 0 };

/**
 * The ORM's connection to SQLite as the library wants to have it. It speaks through knex by itself
 * too, but gives the connection back before its statement is through; and its savepoints have one
 * name, so that those of two attempts at once end each other, or somebody else's transaction. Each
 * of its statements stands alone, so its savepoints are left out.
 */
const asSqlite3 = (knex: Knex) => ({
  serialize(work: () => void) {
    work();
  },
  run(sql: string, ...rest: [Done] | [unknown[], Done]) {
    const [parameters, done] = rest.length === 1 ? [[], rest[0]] : rest;
    if (sql.includes('SAVEPOINT')) done.call(statement, null);
    else this.get(sql, parameters, done);
  },
  get(sql: string, parameters: unknown[], done: Done) {
    // The driver takes for a question what has " returning " in it, between spaces.
    const onOneLine = sql.replace(/\s+/g, ' ');
    knex.raw<unknown[]>(onOneLine, parameters as string[]).then(
      (rows) => {
        done.call(statement, null, rows[0]);
      },
      (error: unknown) => {
        done.call(statement, error);
      },
    );
  },
});
