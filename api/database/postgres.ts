import { MikroORM, type Options } from '@mikro-orm/core';
import {
  PostgreSqlConnection,
  PostgreSqlDriver,
  type AbstractSqlDriver,
} from '@mikro-orm/postgresql';
import { Client, type ClientConfig } from 'pg';
import type { Config } from '../config';
import type { EntityManager, Orm } from './orm';
import {
  connectWithRetry,
  limitedDialect,
  type Limits,
  type LimitScope,
} from './postgresDialect';

/** Longest wait for a new connection, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5000;
/** Longest wait for a lock. Below the limit of an operation, so that connections come free again. */
const LOCK_TIMEOUT_MS = 3000;
/** How long a transaction may pause before PostgreSQL ends it, as when its machine has vanished. */
const IDLE_IN_TRANSACTION_MS = 30_000;
/** How much longer than its limit a statement may stay without an answer, for the way there and back. */
const GRACE_MS = 3000;
/** From how long the system asks whether the other side of a silent connection is there. */
const KEEP_ALIVE_MS = 10_000;

/** Limits while migrations run, which may take longer than an operation. */
const MIGRATION_LIMITS: Limits = {
  statement: null,
  lock: LOCK_TIMEOUT_MS,
  idleInTransaction: IDLE_IN_TRANSACTION_MS,
  silence: null,
};

/** Opens PostgreSQL for migrations. */
export const openPostgres = (
  options: Options<AbstractSqlDriver, EntityManager>,
  databaseUrl: string,
): Promise<Orm> =>
  MikroORM.init<AbstractSqlDriver, EntityManager>({
    ...options,
    driver: PostgreSqlDriver,
    clientUrl: databaseUrl,
    driverOptions: driverOptions(databaseUrl, MIGRATION_LIMITS, 'transaction'),
  });

/**
 * Connects again with the limits of operations. Makes a connection besides the pool, for what must not
 * wait behind the operations of people.
 * @returns the connection, which is to be closed
 * @throws the database's error
 */
export async function reconnectWithLimits(
  orm: Orm,
  databaseUrl: string,
  {
    operationSeconds,
    databasePool,
  }: Pick<Config, 'operationSeconds' | 'databasePool'>,
): Promise<PostgreSqlConnection> {
  const statement = operationSeconds * 1000;
  const limits = {
    statement,
    lock: Math.min(LOCK_TIMEOUT_MS, statement),
    idleInTransaction: IDLE_IN_TRANSACTION_MS,
    silence: statement + GRACE_MS,
  };
  // Gives the connections of the migrations back first, as there may be no other.
  await orm.em.getConnection().close(true);
  const limitScope = await detectLimitScope(databaseUrl, limits);
  const limited = driverOptions(databaseUrl, limits, limitScope);
  const pool = orm.config.get('pool');
  await orm.reconnect({
    driverOptions: limited,
    pool: { ...pool, min: 1, max: databasePool },
  });
  const system = new PostgreSqlConnection(orm.config, {
    clientUrl: databaseUrl,
    // The second one for as long as the first has fallen silent.
    driverOptions: { ...limited, pool: { ...pool, min: 1, max: 2 } },
  });
  // Both keep one connection from now on, so that other processes cannot take them all.
  try {
    for (const connection of [orm.em.getConnection(), system])
      await connection.execute('select 1');
  } catch (error) {
    await system.close();
    throw error;
  }
  return system;
}

const driverOptions = (
  databaseUrl: string,
  limits: Limits,
  limitScope: LimitScope,
) => ({
  client: limitedDialect(limits, limitScope),
  connection: {
    ...connectionOptions(databaseUrl),
    ...(limitScope === 'connection' && parametersOf(limits)),
  },
});

/**
 * Options of pg for every connection. The URL is passed whole, as the ORM leaves out its query, which may
 * demand TLS.
 */
export const connectionOptions = (databaseUrl: string) => ({
  connectionString: databaseUrl,
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
});

const parametersOf = ({
  statement,
  lock,
  idleInTransaction,
}: Omit<Limits, 'silence'>) => ({
  statement_timeout: statement ?? undefined,
  lock_timeout: lock,
  idle_in_transaction_session_timeout: idleInTransaction,
});

/**
 * Finds out whether PostgreSQL gets the parameters of a connection. PgBouncer refuses those of limits, or
 * ignores them where it is told to.
 * @throws the error of the connection
 */
export const detectLimitScope = (
  databaseUrl: string,
  limits: Omit<Limits, 'silence'>,
): Promise<LimitScope> =>
  connectWithRetry(() =>
    readStatementTimeout({
      ...connectionOptions(databaseUrl),
      ...parametersOf(limits),
      query_timeout: CONNECT_TIMEOUT_MS,
    }),
  ).then(
    (timeout) =>
      timeout === String(limits.statement) ? 'connection' : 'statement',
    (error: unknown) => {
      if (isRefusedParameter(error as Error)) return 'statement';
      throw error;
    },
  );

/** Reads the limit of statements over a connection of its own. */
async function readStatementTimeout(
  options: ClientConfig,
): Promise<string | undefined> {
  const client = new Client(options);
  // The statement fails as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ setting: string }>(
      "select setting from pg_settings where name = 'statement_timeout'",
    );
    return rows[0]?.setting;
  } finally {
    await client.end();
  }
}

/** Recognizes the message of PgBouncer. */
const isRefusedParameter = ({ message }: Error) =>
  message.includes('unsupported startup parameter');
