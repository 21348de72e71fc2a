import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Client } from 'pg';
import type { Config } from '../config';
import { throttledErrorLog } from '../log';
import { sqliteFile } from './orm';

/** How often the connection is checked, and how long it may take to answer. */
const CHECK_INTERVAL_MS = 3000;
const ANSWER_TIMEOUT_MS = 2000;
/** How long to wait before connecting again. */
const RETRY_DELAY_MS = 1000;
/** How long a connection may take to close. */
const CLOSE_TIMEOUT_MS = 1000;

/** Tables whose changes PostgreSQL announces by triggers, each on a channel of its own. */
const CHANNELS = {
  sessions: 'neighborshare_sessions',
  notifications: 'neighborshare_notifications',
} as const;

type AnnouncedTable = keyof typeof CHANNELS;

/** @param id of the ended session or of the recipient; null where any row may have changed */
type HintListener = (id: string | null) => void;

/**
 * Announcements of the database that a table has changed, so that it need not be polled often. They are
 * hints: the table has to be polled all the same, as an announcement may get lost
 * (docs/decisions/0011-live-by-reading-the-table.md).
 */
export interface Hints {
  /** Whether changes are announced at the moment. The listeners are called whenever this changes. */
  readonly areLive: boolean;
  /** Calls back when a session has ended, or a user's notifications were written or withdrawn. */
  on(table: AnnouncedTable, listener: HintListener): void;
  /** Closes the connection. */
  close(): Promise<void>;
}

/** Hints of a database that announces nothing. */
export const noHints: Hints = {
  areLive: false,
  on: () => undefined,
  close: () => Promise.resolve(),
};

/** There is a pooler in between: it shares its connections, so that any of its clients gets the announcements. */
class PooledConnection extends Error {}

/**
 * Listens to PostgreSQL on a connection of its own, which is checked every few seconds and replaced when
 * it does not answer.
 * @param onError called when the connection fails
 * @param onPooled called where there are no announcements because of a pooler such as PgBouncer
 */
export function listenForHints(
  databaseUrl: string,
  {
    onError,
    onPooled,
  }: { onError: (error: unknown) => void; onPooled: () => void },
): Hints {
  const listeners: Record<AnnouncedTable, HintListener[]> = {
    sessions: [],
    notifications: [],
  };
  const closing = new AbortController();
  let areLive = false;

  function tell(table: AnnouncedTable, id: string | null): void {
    for (const listener of listeners[table]) listener(id);
  }

  function setLive(value: boolean): void {
    if (areLive === value) return;
    areLive = value;
    if (closing.signal.aborted) return;
    tell('sessions', null);
    tell('notifications', null);
  }

  async function listenOnce(): Promise<void> {
    const client = await createClient(databaseUrl);
    const ended = new AbortController();
    client.on('error', (error) => {
      ended.abort(error);
    });
    client.on('end', () => {
      ended.abort(new Error('Connection terminated'));
    });
    client.on('notification', ({ channel, payload }) => {
      if (channel === CHANNELS.sessions) tell('sessions', payload ?? null);
      else tell('notifications', payload ?? null);
    });
    const signal = AbortSignal.any([ended.signal, closing.signal]);
    try {
      await client.connect();
      await checkConnection(client);
      for (const channel of Object.values(CHANNELS))
        await client.query(`listen ${channel}`);
      setLive(true);
      for (;;) {
        await pause(CHECK_INTERVAL_MS, undefined, { signal, ref: false });
        await checkConnection(client);
      }
    } catch (error) {
      throw ended.signal.aborted ? ended.signal.reason : error;
    } finally {
      setLive(false);
      await closeClient(client);
    }
  }

  async function keepListening(): Promise<void> {
    const { signal } = closing;
    while (!signal.aborted) {
      const error = await listenOnce().catch((error: unknown) => error);
      if (error instanceof PooledConnection) {
        onPooled();
        return;
      }
      if (signal.aborted) return;
      onError(error);
      await pause(RETRY_DELAY_MS, undefined, { signal, ref: false }).catch(
        () => undefined,
      );
    }
  }

  const stopped = keepListening();
  return {
    get areLive() {
      return areLive;
    },
    on(table, listener) {
      listeners[table].push(listener);
    },
    async close() {
      closing.abort();
      await stopped;
    },
  };
}

async function createClient(databaseUrl: string): Promise<Client> {
  // Only loaded where the database is PostgreSQL.
  const [{ Client }, { connectionOptions }] = await Promise.all([
    import('pg'),
    import('./postgres'),
  ]);
  return new Client({
    ...connectionOptions(databaseUrl),
    query_timeout: ANSWER_TIMEOUT_MS,
  });
}

/**
 * Checks that the connection answers, and that it leads to the process of the database with which it began.
 * @throws PooledConnection where it leads elsewhere; an error where it does not answer
 */
async function checkConnection(client: Client): Promise<void> {
  const { rows } = await client.query<{ pid: number }>(
    'select pg_backend_pid() as pid',
  );
  // A pooler invents this number.
  const { processID } = client as Client & { processID: number | null };
  if (rows[0]?.pid !== processID) throw new PooledConnection();
}

/** A query that is not answered destroys the connection; a connection that is silent is not awaited. */
async function closeClient(client: Client): Promise<void> {
  await Promise.race([
    client.end().catch(() => undefined),
    pause(CLOSE_TIMEOUT_MS, undefined, { ref: false }),
  ]);
}

/** Listens to the announcements of the database, where it has any. */
export function openHints(config: Config, log: FastifyBaseLogger): Hints {
  const { databaseUrl } = config;
  if (!databaseUrl || sqliteFile(config)) return noHints;
  return listenForHints(databaseUrl, {
    onError: throttledErrorLog(
      log,
      'the announcements of the database cannot be heard: it is polled more often',
    ),
    onPooled() {
      log.info(
        'a pooler passes on no announcements of the database: it is polled more often',
      );
    },
  });
}
