import type { FastifyBaseLogger } from 'fastify';
import { destination } from 'pino';
import { withoutValues } from './errors';

/** How many bytes are written at once. */
const PORTION = 16_000;
/** How long a line may wait for others, in milliseconds. */
const MOST_DELAY = 250;
/** How much may wait to be written, in bytes: whoever reads the log and stops must not stop us. */
const MOST_UNWRITTEN = 10_000_000;
/** How long it is enough to have complained once, in milliseconds. */
const PATIENCE = 60_000;

let output: ReturnType<typeof destination> | undefined;

/**
 * Where the log goes, many lines at a time: to write each by itself is a good part of a request
 * (docs/decisions/0016-what-is-logged-and-counted.md). What waits is written when the process exits,
 * and lost when it is killed.
 */
export const standardOutput = () =>
  (output ??= destination({
    sync: false,
    minLength: PORTION,
    maxLength: MOST_UNWRITTEN,
    periodicFlush: MOST_DELAY,
  }));

/**
 * What says that something has gone wrong which is tried again every moment: once a minute, and not
 * every time.
 * @param what cannot be done, as the log says it
 */
export function complaint(
  log: FastifyBaseLogger,
  what: string,
): (error: unknown) => void {
  let last = -Infinity;
  return (error) => {
    const now = performance.now();
    if (now - last < PATIENCE) return;
    last = now;
    log.error({ err: withoutValues(error as Error) }, what);
  };
}
