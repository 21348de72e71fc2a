import { setTimeout as pause } from 'node:timers/promises';
import type { Hints } from '../database/hints';
import { startPolling } from '../database/polling';
import type { Reads } from '../database/reads';
import { readRevokedSince } from './sessions.reads';

/** How often the table is polled for revocations: where the database announces them, and where not. */
const POLL_INTERVAL_MS = { announced: 10_000, unannounced: 1000 };
/** Age from which the blocklist is no longer trusted. */
const MAX_AGE_MS = 30_000;
/** How long a request waits for a poll. */
const WAIT_TIMEOUT_MS = 2000;
/** How far each poll reaches back before the last one, as transactions take time and clocks differ. */
const OVERLAP_MS = 30_000;
/** Allowed difference between the clocks of two processes. A poll reaches so far back once a minute. */
const CLOCK_SKEW_MS = 600_000;
const WIDE_POLL_INTERVAL_MS = 60_000;

/**
 * Revoked sessions whose tokens may not have expired. Kept in memory, so that requests make no query
 * for it; mirrored from the table, so that it survives a restart and holds for every process
 * (docs/decisions/0002-tokens-sessions-cookie.md).
 */
export interface Blocklist {
  has(sessionId: string): boolean;
  /** Adds a session: effective here at once. Other processes read it. Call it after the commit. */
  add(sessionId: string): void;
  /** Calls back with each session that is added. */
  onAdded(listener: (sessionId: string) => void): void;
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
  hints: Hints,
  lifetime: number,
  onError: (error: unknown) => void,
): Promise<Blocklist> {
  const lifetimeMs = lifetime * 1000 + CLOCK_SKEW_MS;
  /** Revoked sessions, with the monotonic time at which they were added; the latest are last. */
  const revoked = new Map<string, number>();
  const listeners: ((sessionId: string) => void)[] = [];
  const nextPoll = createCursor(lifetimeMs);
  let polledAt = -Infinity;

  function add(sessionId: string): void {
    if (revoked.has(sessionId)) return;
    revoked.set(sessionId, performance.now());
    for (const listener of listeners) listener(sessionId);
  }

  /** Removes sessions by the monotonic clock, so that a change of the clock revives none. */
  function removeExpired(now: number): void {
    for (const [id, addedAt] of revoked) {
      if (addedAt >= now - lifetimeMs) break;
      revoked.delete(id);
    }
  }

  async function poll(signal?: AbortSignal): Promise<void> {
    const began = performance.now();
    const next = nextPoll(began);
    const found = await readRevokedSince(reads, next.since);
    signal?.throwIfAborted();
    for (const id of found) add(id);
    next.advance();
    polledAt = began;
    removeExpired(began);
  }

  await poll();
  const polling = startPolling({
    poll,
    intervalMs: () =>
      POLL_INTERVAL_MS[hints.areLive ? 'announced' : 'unannounced'],
    onError,
  });
  hints.on('sessions', (sessionId) => {
    if (sessionId === null) void polling.now();
    else add(sessionId);
  });

  return {
    has: (sessionId) => revoked.has(sessionId),
    add,
    onAdded(listener) {
      listeners.push(listener);
    },
    async isTrusted() {
      if (performance.now() - polledAt < MAX_AGE_MS) return true;
      // After the machine was suspended, one poll is enough to catch up.
      const caughtUp = polling.now().then(
        () => true,
        () => false,
      );
      return Promise.race([
        caughtUp,
        pause(WAIT_TIMEOUT_MS, false, { ref: false }),
      ]);
    },
    get size() {
      return revoked.size;
    },
    get age() {
      return performance.now() - polledAt;
    },
    close: () => polling.end(),
  };
}

/**
 * Creates a function that decides from which moment a poll reads: a little before the last successful
 * one, and all that matters at the start and after a change of the clock.
 * @param lifetimeMs how long a revocation matters
 */
function createCursor(lifetimeMs: number) {
  let readTo = 0;
  let wideAt = -Infinity;
  /** Difference between the two clocks when all that matters was last read. */
  let clockOffset = -Infinity;

  return (monotonic: number) => {
    const now = Date.now();
    const isFull = Math.abs(now - monotonic - clockOffset) > OVERLAP_MS / 2;
    const isWide = isFull || monotonic >= wideAt + WIDE_POLL_INTERVAL_MS;
    const reach = isWide ? CLOCK_SKEW_MS : OVERLAP_MS;
    return {
      since: new Date(isFull ? now - lifetimeMs : readTo - reach),
      /** Records that the poll was successful. */
      advance() {
        readTo = now;
        if (isWide) wideAt = monotonic;
        if (isFull) clockOffset = now - monotonic;
      },
    };
  };
}
