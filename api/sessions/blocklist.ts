import { setTimeout as pause } from 'node:timers/promises';
import type { Reads } from '../database/reads';

/** How often the table is looked at for what other processes revoked, in milliseconds. */
const POLL_INTERVAL_MS = 1000;
/** After so many milliseconds without a look we no longer know, and say so. */
const MAX_AGE_MS = 30_000;
/** How long a request waits for a look at the table, in milliseconds. */
const POLL_TIMEOUT_MS = 2000;
/** How far the clocks of two processes may stand apart, in milliseconds. */
const CLOCK_SKEW_MS = 600_000;

/**
 * The sessions that were ended while tokens of theirs may still be alive: in memory, so that no
 * request asks the database, and mirrored from the table, so that it survives a restart and
 * holds for every process (docs/decisions/0002-tokens-sessions-cookie.md).
 */
export interface Blocklist {
  has(sessionId: string): boolean;
  /** Takes effect here at once; elsewhere with the next look at the table. Call it after the commit. */
  add(sessionId: string): void;
  /** False where the table could not be read for so long that revocations may have been missed. */
  isTrusted(): Promise<boolean>;
  /** How many sessions are on it. */
  readonly size: number;
  /** How long ago the last look at the table began that succeeded, in milliseconds. */
  readonly age: number;
  /** Ends the looks, after the one under way. */
  close(): Promise<void>;
}

/**
 * Reads the table once, and then again and again.
 * @param lifetime of an access token, in seconds: later nothing is left to block
 * @param onError is told when the table cannot be read
 * @throws what the database throws, if the first look fails
 */
export async function openBlocklist(
  reads: Reads,
  lifetime: number,
  onError: (error: unknown) => void,
): Promise<Blocklist> {
  let revoked = new Set<string>();
  /** What was ended here, and when on the clock that nobody sets: a look that began earlier may not know it. */
  const added = new Map<string, number>();
  let polledAt = 0;
  let runningPoll: Promise<void> | undefined;

  /**
   * Each look reads all that still matters, and not only what is new since the last one: clocks
   * jump, and those of two processes differ.
   */
  async function refresh(): Promise<void> {
    const began = performance.now();
    const rows = await reads.all<{ id: string }>(
      'select id from sessions where revoked_at > ?',
      [new Date(Date.now() - lifetime * 1000 - CLOCK_SKEW_MS)],
    );
    revoked = new Set(rows.map(({ id }) => id));
    for (const [id, at] of added) {
      if (at < began) added.delete(id);
      else revoked.add(id);
    }
    polledAt = began;
  }

  /** One look at a time, however many ask for it. */
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
      // A machine that slept has not looked for long either, and can simply do so now.
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
