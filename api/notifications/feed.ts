import type { Reads } from '../database/reads';
import type { Notification } from './notification.entity';
import { readNotificationsSince } from './notifications.reads';
import { createQueue, type Queue } from './queue';

/** How often the table is looked at while somebody listens, in milliseconds. */
const POLL_INTERVAL_MS = 250;
/** How long to wait after a look that failed, in milliseconds. */
const RETRY_DELAY_MS = 1000;
/**
 * How far back each look reaches, in milliseconds: a transaction may take so long from writing a
 * notification to its commit, and the clocks of two processes may stand so far apart.
 */
const OVERLAP_MS = 30_000;
/** How long it is remembered what was handed out, in milliseconds: clocks are set back at times. */
const SEEN_TTL_MS = 2 * OVERLAP_MS;

/** What comes in for one person, from the moment at which it was opened. */
export interface Inbox {
  /**
   * What comes in, one after the other. The first one who asks gets what has come in since the
   * inbox was opened, others what comes in from now on.
   */
  listen(): AsyncIterableIterator<Notification>;
  /** Ends everything that was handed out. */
  close(): void;
}

/**
 * What happens that concerns people, as it happens, whichever process did it: read from the
 * table, as that is the one thing that all processes and both databases have in common
 * (docs/decisions/0011-live-by-reading-the-table.md).
 */
export interface Feed {
  /**
   * Opens an inbox. Everything that is committed once the promise is kept comes in, once.
   * @param onOverflow is told when somebody reads more slowly than things come in; then nothing
   * more comes in
   * @throws what the database throws, if nobody has listened before and the table cannot be read
   */
  open(userId: string, onOverflow: () => void): Promise<Inbox>;
  /** Ends the looks, after the one under way. */
  close(): Promise<void>;
}

/** @param onError is told when the table cannot be read */
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
      // Registered before the first look ends, so that nothing falls between the two.
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
  /** Kept when the first look has told what is old. */
  started: Promise<void>;
  /** No more looks; kept when the one under way is over. */
  end(): Promise<void>;
};

function startPolling(
  reads: Reads,
  deliver: (notification: Notification) => void,
  onError: (error: unknown) => void,
): Poller {
  /** When each notification was last read, by its id. */
  const seen = new Map<string, number>();
  let lastPolledAt = Date.now();
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;

  async function poll(isFirst: boolean): Promise<void> {
    const began = Date.now();
    // After a break, because the database or this machine was away, a look reaches back over it.
    const since = new Date(Math.min(lastPolledAt, began) - OVERLAP_MS);
    const found = await readNotificationsSince(reads, since);
    lastPolledAt = began;
    const now = performance.now();
    for (const notification of found) {
      const isNew = !seen.has(notification.id);
      seen.set(notification.id, now);
      if (isNew && !isFirst && !isOver) deliver(notification);
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
