import type { Reads } from '../database/reads';
import type { Notification } from './notification.entity';
import { readNotificationsSince } from './notifications.reads';
import { createQueue, type Queue } from './queue';

/** How often the table is looked at while somebody listens, in milliseconds. */
const INTERVAL = 250;
/** How long to wait after a look that failed, in milliseconds. */
const PAUSE = 1000;
/**
 * How far back each look reaches, in milliseconds: a transaction may take so long from writing a
 * notification to its commit, and the clocks of two processes may stand so far apart.
 */
const OVERLAP = 30_000;
/** How long it is remembered what was handed out, in milliseconds: clocks are set back at times. */
const REMEMBERED = 2 * OVERLAP;

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
  let looks: Looks | undefined;

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
        void looks?.end();
        looks = undefined;
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
      looks ??= startLooking(reads, deliver, onError);
      try {
        await looks.begun;
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
      const last = looks?.end();
      for (const mine of queues.values()) for (const queue of mine) queue.end();
      await last;
    },
  };
}

type Looks = {
  /** Kept when the first look has told what is old. */
  begun: Promise<void>;
  /** No more looks; kept when the one under way is over. */
  end(): Promise<void>;
};

function startLooking(
  reads: Reads,
  deliver: (notification: Notification) => void,
  onError: (error: unknown) => void,
): Looks {
  /** When each notification was last read, by its id. */
  const seen = new Map<string, number>();
  let lookedAt = Date.now();
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(isFirst: boolean): Promise<void> {
    const began = Date.now();
    // After a break, because the database or this machine was away, a look reaches back over it.
    const since = new Date(Math.min(lookedAt, began) - OVERLAP);
    const found = await readNotificationsSince(reads, since);
    lookedAt = began;
    const now = performance.now();
    for (const notification of found) {
      const isNew = !seen.has(notification.id);
      seen.set(notification.id, now);
      if (isNew && !isFirst && !isOver) deliver(notification);
    }
    for (const [id, at] of seen) if (at < now - REMEMBERED) seen.delete(id);
  }

  function lookAgain(after: number): void {
    if (isOver) return;
    timer = setTimeout(() => {
      underWay = look(false).then(
        () => {
          lookAgain(INTERVAL);
        },
        (error: unknown) => {
          onError(error);
          lookAgain(PAUSE);
        },
      );
    }, after).unref();
  }

  const begun = look(true).then(() => {
    lookAgain(INTERVAL);
  });
  let underWay: Promise<void> = begun;
  return {
    begun,
    async end() {
      isOver = true;
      clearTimeout(timer);
      await underWay.catch(() => undefined);
    },
  };
}
