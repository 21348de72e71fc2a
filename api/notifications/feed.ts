import type { Hints } from '../database/hints';
import { startPolling, type Polling } from '../database/polling';
import type { Reads } from '../database/reads';
import type { Notification } from './notification.entity';
import { readNotificationsSince } from './notifications.reads';
import { createQueue, type Queue } from './queue';

/** How often the table is polled while there are listeners: where the database announces changes, and not. */
const POLL_INTERVAL_MS = { announced: 10_000, unannounced: 250 };
/**
 * How far back each poll reaches, in milliseconds: a transaction may take so long from writing a
 * notification to its commit, and the clocks of two processes may stand so far apart.
 */
const OVERLAP_MS = 30_000;
/** How long delivered ids are remembered. Longer than a poll reaches, as clocks may be set back. */
const SEEN_TTL_MS = 2 * (OVERLAP_MS + POLL_INTERVAL_MS.announced);

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
   * @throws error of the database, if the user has no other inbox and the table cannot be read
   */
  open(userId: string, onOverflow: () => void): Promise<Inbox>;
  /** Stops polling, after the poll under way. */
  close(): Promise<void>;
}

/** A user with an inbox. */
type Recipient = {
  queues: Set<Queue<Notification>>;
  /** Whether the existing notifications have been read, so that all others are new. */
  isCaughtUp: boolean;
};

type Recipients = ReadonlyMap<string, Recipient>;

/** @param onError called when the table cannot be read */
export function createFeed(
  reads: Reads,
  hints: Hints,
  onError: (error: unknown) => void,
): Feed {
  const recipients = new Map<string, Recipient>();
  let reader: FeedReader | undefined;

  hints.on('notifications', (id) => {
    if (id === null || recipients.has(id)) void reader?.read(id);
  });

  /** @param own the queues of the same inbox, of which it becomes one as long as it lasts */
  function addQueue(
    userId: string,
    own: Set<Queue<Notification>>,
    onOverflow: () => void,
  ): Queue<Notification> {
    const recipient: Recipient = recipients.get(userId) ?? {
      queues: new Set(),
      isCaughtUp: false,
    };
    recipients.set(userId, recipient);
    const queue = createQueue<Notification>({
      onOverflow,
      onEnd() {
        own.delete(queue);
        recipient.queues.delete(queue);
        if (recipient.queues.size === 0) recipients.delete(userId);
        if (recipients.size > 0) return;
        void reader?.end();
        reader = undefined;
      },
    });
    own.add(queue);
    recipient.queues.add(queue);
    return queue;
  }

  return {
    async open(userId, onOverflow) {
      const own = new Set<Queue<Notification>>();
      const add = () => addQueue(userId, own, onOverflow);
      const close = () => {
        for (const queue of own) queue.end();
      };
      // Registered before the first read ends, so that no notification is missed.
      let unclaimed: Queue<Notification> | null = add();
      reader ??= startReader(reads, hints, recipients, onError);
      try {
        if (!recipients.get(userId)?.isCaughtUp) await reader.read(userId);
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
      const last = reader?.end();
      for (const { queues } of recipients.values())
        for (const queue of queues) queue.end();
      await last;
    },
  };
}

/** Reads the notifications of the recipients and passes the new ones on. */
type FeedReader = Pick<Polling, 'end'> & {
  /** Reads those of one recipient, or of all; resolves when they are passed on. */
  read(userId: string | null): Promise<void>;
};

function startReader(
  reads: Reads,
  hints: Hints,
  recipients: Recipients,
  onError: (error: unknown) => void,
): FeedReader {
  const pass = createDelivery();
  const intervalMs = () =>
    POLL_INTERVAL_MS[hints.areLive ? 'announced' : 'unannounced'];
  /** Recipients to read next; null for all of them. */
  let due: Set<string> | null = null;
  /** Time of the last read of all recipients, by the clock that dates notifications and the monotonic one. */
  let readAllAt = { date: Date.now(), monotonic: -Infinity };

  /** Takes the recipients to read, and whether they are all that there are. */
  function takeDue(): { batch: Recipients; areAll: boolean } {
    const ids = due;
    due = new Set();
    const isTime = performance.now() >= readAllAt.monotonic + intervalMs();
    if (!ids || ids.size === 0 || isTime)
      return { batch: new Map(recipients), areAll: true };
    const batch = [...recipients].filter(([id]) => ids.has(id));
    return { batch: new Map(batch), areAll: false };
  }

  async function poll(signal: AbortSignal): Promise<void> {
    const began = { date: Date.now(), monotonic: performance.now() };
    const { batch, areAll } = takeDue();
    // After an outage of the database or this machine, the poll covers all of it.
    const since = new Date(Math.min(readAllAt.date, began.date) - OVERLAP_MS);
    const found = await readNotificationsSince(reads, [...batch.keys()], since);
    signal.throwIfAborted();
    if (areAll) readAllAt = began;
    pass(found, batch, since);
  }

  const polling = startPolling({
    poll,
    intervalMs,
    onError(error) {
      due = null;
      onError(error);
    },
  });
  return {
    read(userId) {
      if (userId === null) due = null;
      else due?.add(userId);
      return polling.now();
    },
    end: () => polling.end(),
  };
}

/** Creates a function that passes on what was read and has not been passed on before. */
function createDelivery() {
  /** Time at which each notification was last read from the table, by its id and whether it is withdrawn. */
  const seen = new Map<string, number>();

  return (
    found: readonly Notification[],
    recipients: Recipients,
    since: Date,
  ): void => {
    const now = performance.now();
    for (const notification of found) {
      const { id, recipientId, withdrawnAt, createdAt } = notification;
      const key = withdrawnAt ? `${id} withdrawn` : id;
      // A notification that was withdrawn between two polls was never delivered.
      const isKnown = !withdrawnAt || seen.has(id) || createdAt <= since;
      const isNew = !seen.has(key);
      seen.delete(key);
      seen.set(key, now);
      const recipient = recipients.get(recipientId);
      if (isNew && isKnown && recipient?.isCaughtUp)
        for (const queue of recipient.queues) queue.push(notification);
    }
    for (const recipient of recipients.values()) recipient.isCaughtUp = true;
    // Those that were read last are at the end.
    for (const [key, at] of seen) {
      if (at >= now - SEEN_TTL_MS) break;
      seen.delete(key);
    }
  };
}
