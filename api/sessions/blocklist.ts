import { setTimeout as pause } from 'node:timers/promises';
import type { Reads } from '../database/reads';
import { readRevokedSince } from './sessions.reads';

/** How often the table is read for revocations by other processes. */
const POLL_INTERVAL_MS = 1000;
/** Age from which the blocklist is no longer trusted. */
const MAX_AGE_MS = 30_000;
/** How long a request waits for a poll. */
const POLL_TIMEOUT_MS = 2000;
/** Allowed difference between the clocks of two processes. Most polls read no further back. */
const CLOCK_SKEW_MS = 600_000;
/** How often all revocations are read. */
const FULL_POLL_INTERVAL_MS = 60_000;

/**
 * Revoked sessions whose tokens may not have expired. Kept in memory, so that requests make no query
 * for it; mirrored from the table, so that it survives a restart and holds for every process
 * (docs/decisions/0002-tokens-sessions-cookie.md).
 */
export interface Blocklist {
  has(sessionId: string): boolean;
  /** Adds a session: effective here at once, elsewhere with the next poll. Call it after the commit. */
  add(sessionId: string): void;
  /** Returns false where the table could not be read for so long that revocations may be missing. */
  isTrusted(): Promise<boolean>;
  /** Number of sessions. */
  readonly size: number;
  /** Time since the start of the last successful poll, in milliseconds. */
  readonly age: number;
  /** Stops polling, after the running poll. */
  close(): Promise<void>;
}

/**
 * Reads the table, and then polls it.
 * @param lifetime of an access token, in seconds: older revocations no longer matter
 * @param onError called when the table cannot be read
 * @throws the database's error, if the first poll fails
 */
export async function openBlocklist(
  reads: Reads,
  lifetime: number,
  onError: (error: unknown) => void,
): Promise<Blocklist> {
  let revoked = new Set<string>();
  /** Sessions added here, with the monotonic time: polls that began earlier may not contain them. */
  const added = new Map<string, number>();
  let polledAt = 0;
  /** Time of the last poll that read all revocations, by the clock that dates them. */
  let fullyPolledAt = 0;
  let runningPoll: Promise<void> | undefined;

  /**
   * Reads the latest revocations, as a busy server has tens of thousands in the lifetime of a token. Once a
   * minute, and after a change of the clock or an outage, it reads all of them.
   */
  async function refresh(): Promise<void> {
    const began = performance.now();
    const now = Date.now();
    const sinceFull = now - fullyPolledAt;
    const isFull = sinceFull < 0 || sinceFull >= FULL_POLL_INTERVAL_MS;
    const reach = CLOCK_SKEW_MS + (isFull ? lifetime * 1000 : 0);
    const found = await readRevokedSince(reads, new Date(now - reach));
    if (isFull) {
      revoked = new Set(found);
      fullyPolledAt = now;
    } else for (const id of found) revoked.add(id);
    for (const [id, at] of added) {
      if (at < began) added.delete(id);
      else revoked.add(id);
    }
    polledAt = began;
  }

  /** Starts a poll, or joins the running one. */
  const poll = () =>
    (runningPoll ??= refresh().finally(() => (runningPoll = undefined)));

  await poll();
  const timer = setInterval(() => {
    poll().catch(onError);
  }, POLL_INTERVAL_MS).unref();

  return {
    has: (sessionId) => revoked.has(sessionId),
    add(sessionId) {
      revoked.add(sessionId);
      added.set(sessionId, performance.now());
    },
    async isTrusted() {
      if (performance.now() - polledAt < MAX_AGE_MS) return true;
      // After the machine was suspended, one poll is enough to catch up.
      const caughtUp = poll().then(
        () => true,
        () => false,
      );
      return Promise.race([
        caughtUp,
        pause(POLL_TIMEOUT_MS, false, { ref: false }),
      ]);
    },
    get size() {
      return revoked.size;
    },
    get age() {
      return performance.now() - polledAt;
    },
    async close() {
      clearInterval(timer);
      await runningPoll?.catch(onError);
    },
  };
}
