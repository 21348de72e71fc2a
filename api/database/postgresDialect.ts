import { setTimeout as pause } from 'node:timers/promises';
import { PostgreSqlKnexDialect } from '@mikro-orm/postgresql';
import type { Client, QueryArrayResult } from 'pg';
import { createLockBreaker } from './lockBreaker';

/** Time limits of a connection, in milliseconds. */
export type Limits = {
  /** Longest statement; null for migrations. */
  statement: number | null;
  /** Longest wait for a lock. */
  lock: number;
  /** Longest pause within a transaction, after which PostgreSQL ends it and its locks. */
  idleInTransaction: number;
  /** Longest silence of the server after a statement was sent; null for migrations. */
  silence: number | null;
};

/**
 * How the limits reach PostgreSQL: as parameters of a connection, which hold until it ends; with each
 * transaction; or with each transaction and each statement outside one, as a pooler sends these over any
 * of its connections.
 */
export type LimitScope = 'connection' | 'transaction' | 'statement';

/** How long to ask for a first connection where the server has none left; shorter than the pool waits, so that the cause is told. */
const FIRST_CONNECTION_TIMEOUT_MS = 6000;
/** Pause between two attempts at a connection; up to twice as long. */
const CONNECTION_RETRY_MS = 150;
/** Idle time after which a connection is tested before use. */
const TEST_AFTER_MS = 10_000;
/** Time limit of this test, and of closing a connection. */
const TEST_TIMEOUT_MS = 2000;

/** Tells whether PostgreSQL (by SQLSTATE) or PgBouncer (by message) has no connection left. */
const isOutOfConnections = ({
  code,
  message,
}: {
  code?: unknown;
  message?: unknown;
}) =>
  code === '53300' || String(message).includes('no more connections allowed');

/** Connection of pg with the socket below it, which its types leave out. */
type Connection = Client & { connection: { stream: { destroy(): void } } };

type Statement = {
  sql?: string;
  bindings?: readonly unknown[];
  response?: QueryArrayResult | QueryArrayResult[];
};

/** Members of knex' pool that are used here. */
type Pool = {
  readonly destroyed: boolean;
  numUsed(): number;
  numPendingAcquires(): number;
};

/**
 * Tells whether work is waiting that may also get a connection which is in use. A failed attempt at one
 * more would refuse it.
 */
const hasWaitingWork = (pool?: Pool) =>
  !!pool && pool.numUsed() > 0 && pool.numPendingAcquires() > 0;

/**
 * Connects, and tries again while the server has no connection left.
 * @param mayRetry whether to go on; `isLate` after six seconds
 * @throws the error of the last attempt
 */
export async function connectWithRetry<Result>(
  connect: () => Promise<Result>,
  mayRetry = (isLate: boolean): boolean => !isLate,
): Promise<Result> {
  const end = performance.now() + FIRST_CONNECTION_TIMEOUT_MS;
  for (;;)
    try {
      return await connect();
    } catch (error) {
      const isLate = performance.now() > end;
      if (!isOutOfConnections(error as Error) || !mayRetry(isLate)) throw error;
      await pause(CONNECTION_RETRY_MS * (1 + Math.random()));
    }
}

/** Members of knex' client for PostgreSQL that are used or replaced here; its types leave them out. */
interface KnexClient {
  readonly pool?: Pool;
  acquireRawConnection(): Promise<Connection>;
  destroyRawConnection(connection: Connection): Promise<unknown>;
  validateConnection(connection: Connection): boolean | Promise<boolean>;
  _query(connection: Connection, statement: Statement): Promise<Statement>;
}

type KnexClientClass = new (config: object) => KnexClient;

const Base = PostgreSqlKnexDialect as unknown as KnexClientClass;

/** State of a connection. */
type State = { answeredAt: number; inTransaction: boolean };

/**
 * Makes the class that opens connections for knex and sends statements over them. A connection that
 * falls silent, as after a failover, costs the operation that uses it and is then replaced: neither
 * pg nor knex gives up on a socket that stays open.
 * @param limitScope with `connection`, the limits are to be among the options of the connection
 */
export function limitedDialect(
  limits: Limits,
  limitScope: LimitScope,
): KnexClientClass {
  const settings = settingsOf(limits);
  const lockBreaker = createLockBreaker(limits.lock);
  // Not members: within a transaction, knex calls the methods on an object that the constructor did not make.
  const states = new WeakMap<Connection, State>();
  /** Start of the last statement that was never answered. */
  let silentSince = -Infinity;

  function stateOf(connection: Connection): State {
    const known = states.get(connection);
    if (known) return known;
    const state = { answeredAt: performance.now(), inTransaction: false };
    states.set(connection, state);
    return state;
  }

  return class LimitedDialect extends Base {
    override async acquireRawConnection(): Promise<Connection> {
      const connection = await connectWithRetry(
        () => super.acquireRawConnection(),
        (isLate) =>
          !this.pool?.destroyed && (!isLate || hasWaitingWork(this.pool)),
      );
      stateOf(connection).answeredAt = performance.now();
      return connection;
    }

    override async validateConnection(connection: Connection) {
      const { answeredAt } = stateOf(connection);
      if (answeredAt < silentSince) return false;
      if (performance.now() - answeredAt < TEST_AFTER_MS) return true;
      return this.send(connection, { sql: 'select 1' }, TEST_TIMEOUT_MS).then(
        () => true,
        () => false,
      );
    }

    /** Closes the socket if the server does not confirm the end of the connection. */
    override destroyRawConnection(connection: Connection) {
      return within(
        TEST_TIMEOUT_MS,
        super.destroyRawConnection(connection),
        () => {
          connection.connection.stream.destroy();
        },
      );
    }

    override async _query(connection: Connection, statement: Statement) {
      const state = stateOf(connection);
      const { sql = '' } = statement;
      const isBegin = /^begin/i.test(sql);
      const isSingle = !isBegin && !state.inTransaction;
      if (/^(commit|rollback(?! to))/i.test(sql)) state.inTransaction = false;
      if (limitScope !== 'connection' && isBegin)
        statement.sql = `${sql}${settings}`;
      if (limitScope === 'statement' && isSingle) {
        // Statements in one message are one transaction. PostgreSQL takes no values with several.
        if (statement.bindings?.length)
          throw new Error('Write the values into the statement');
        statement.sql = `${settings}${sql}`;
      }
      lockBreaker.check(sql);
      try {
        await this.send(connection, statement, limits.silence);
      } catch (error) {
        lockBreaker.failed(sql, error);
        throw error;
      }
      lockBreaker.succeeded(sql);
      if (isBegin) state.inTransaction = true;
      if (Array.isArray(statement.response))
        statement.response = statement.response.at(isBegin ? 0 : -1);
      return statement;
    }

    /** Sends a statement. Gives the connection up where no answer comes within the time. */
    async send(
      connection: Connection,
      statement: Statement,
      timeout: number | null,
    ): Promise<Statement> {
      const began = performance.now();
      const answered = await within(
        timeout,
        super._query(connection, statement),
        () => {
          silentSince = Math.max(silentSince, began);
          connection.connection.stream.destroy();
        },
      );
      stateOf(connection).answeredAt = performance.now();
      return answered;
    }
  };
}

/** Writes the limits as statements that hold until the end of the transaction. */
const settingsOf = ({ statement, lock, idleInTransaction }: Limits) =>
  Object.entries({
    statement_timeout: statement,
    lock_timeout: lock,
    idle_in_transaction_session_timeout: idleInTransaction,
  })
    .filter(([, limit]) => limit !== null)
    .map(([name, limit]) => `set local ${name} = ${limit};`)
    .join('');

/** Calls back where the work takes longer than the time. */
async function within<T>(
  timeout: number | null,
  work: Promise<T>,
  onTimeout: () => void,
): Promise<T> {
  const timer = timeout === null ? undefined : setTimeout(onTimeout, timeout);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
