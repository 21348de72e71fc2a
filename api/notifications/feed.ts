import type { Reads } from '../database/reads';
import type { Notification } from './notification.entity';
import { readNotificationsSince } from './notifications.reads';
import { createQueue, type Queue } from './queue';

/** How often the table is polled while there are listeners. */
const POLL_INTERVAL_MS = 250;
/** How long to wait after a poll that failed. */
const RETRY_DELAY_MS = 1000;
/**
 * How far back each poll reaches, in milliseconds: a transaction may take so long from writing a
 * notification to its commit, and the clocks of two processes may stand so far apart.
 */
const OVERLAP_MS = 30_000;
/** How long delivered ids are remembered. Longer than a poll reaches, as clocks may be set back. */
const SEEN_TTL_MS = 2 * OVERLAP_MS;

/** New and withdrawn notifications of one user, from the moment at which it was opened. */
export interface Inbox {
  /**
   * Iterates over new notifications. The first call gets what has come in since the
   * inbox was opened, later calls what comes in from then on.
   */
  listen(): AsyncIterableIterator<Notification>;
  /** Ends all iterators of the inbox. */
  close(): void;
}

/**
 * Delivers new notifications, whichever process wrote them. They are read from the table, as all
 * processes and both databases share it (docs/decisions/0011-live-by-reading-the-table.md).
 */
export interface Feed {
  /**
   * Opens an inbox. It receives everything that is committed after the promise resolves, exactly once.
   * @param onOverflow called when too many notifications are pending; nothing is received after that
   * @throws error of the database, if this is the first inbox and the table cannot be read
   */
  open(userId: string, onOverflow: () => void): Promise<Inbox>;
  /** Stops polling, after the poll under way. */
  close(): Promise<void>;
}

/** @param onError called when the table cannot be read */
export function createFeed(
  reads: Reads,
  onError: (error: unknown) => void,
): Feed {
  const queues = new Map<string, Set<Queue<Notification>>>();
  let poller: Poller | undefined;

  function deliver(notification: Notification): void {
    for (const queue of queues.get(notification.recipientId) ?? [])
      queue.push(notification);
  }

  /** @param own the queues of the same inbox, of which it becomes one as long as it lasts */
  function addQueue(
    userId: string,
    own: Set<Queue<Notification>>,
    onOverflow: () => void,
  ): Queue<Notification> {
    const mine = queues.get(userId) ?? new Set();
    queues.set(userId, mine);
    const queue = createQueue<Notification>({
      onOverflow,
      onEnd() {
        own.delete(queue);
        mine.delete(queue);
        if (mine.size === 0) queues.delete(userId);
        if (queues.size > 0) return;
        void poller?.end();
        poller = undefined;
      },
    });
    own.add(queue);
    mine.add(queue);
    return queue;
  }

  return {
    async open(userId, onOverflow) {
      const own = new Set<Queue<Notification>>();
      const add = () => addQueue(userId, own, onOverflow);
      const close = () => {
        for (const queue of own) queue.end();
      };
      // Registered before the first poll ends, so that no notification is missed.
      let unclaimed: Queue<Notification> | null = add();
      poller ??= startPolling(reads, deliver, onError);
      try {
        await poller.started;
      } catch (error) {
        close();
        throw error;
      }
      return {
        listen() {
          const { values } = unclaimed ?? add();
          unclaimed = null;
          return values;
        },
        close,
      };
    },
    async close() {
      const last = poller?.end();
      for (const mine of queues.values()) for (const queue of mine) queue.end();
      await last;
    },
  };
}

type Poller = {
  /** Resolves after the first poll, which marks existing notifications as seen. */
  started: Promise<void>;
  /** Stops polling. Resolves when the poll under way is over. */
  end(): Promise<void>;
};

function startPolling(
  reads: Reads,
  deliver: (notification: Notification) => void,
  onError: (error: unknown) => void,
): Poller {
  /** Time at which each notification was last read from the table, by its id and whether it is withdrawn. */
  const seen = new Map<string, number>();
  let lastPolledAt = Date.now();
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;

  async function poll(isFirst: boolean): Promise<void> {
    const began = Date.now();
    // After an outage of the database or this machine, the poll covers all of it.
    const since = new Date(Math.min(lastPolledAt, began) - OVERLAP_MS);
    const found = await readNotificationsSince(reads, since);
    lastPolledAt = began;
    const now = performance.now();
    for (const notification of found) {
      const { id, withdrawnAt, createdAt } = notification;
      const key = withdrawnAt ? `${id} withdrawn` : id;
      // What was taken back between two polls was never delivered.
      const isKnown = !withdrawnAt || seen.has(id) || createdAt <= since;
      const isNew = !seen.has(key);
      seen.set(key, now);
      if (isNew && isKnown && !isFirst && !isOver) deliver(notification);
    }
    for (const [id, at] of seen) if (at < now - SEEN_TTL_MS) seen.delete(id);
  }

  function schedulePoll(after: number): void {
    if (isOver) return;
    timer = setTimeout(() => {
      underWay = poll(false).then(
        () => {
          schedulePoll(POLL_INTERVAL_MS);
        },
        (error: unknown) => {
          onError(error);
          schedulePoll(RETRY_DELAY_MS);
        },
      );
    }, after).unref();
  }

  const started = poll(true).then(() => {
    schedulePoll(POLL_INTERVAL_MS);
  });
  let underWay: Promise<void> = started;
  return {
    started,
    async end() {
      isOver = true;
      clearTimeout(timer);
      await underWay.catch(() => undefined);
    },
  };
}
