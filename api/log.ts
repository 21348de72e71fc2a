import type { FastifyBaseLogger } from 'fastify';
import { destination } from 'pino';
import { redactError } from './errors';

/** How many bytes are written at once. */
const WRITE_BYTES = 16_000;
/** How long a line may wait for others, in milliseconds. */
const FLUSH_INTERVAL_MS = 250;
/** How much may wait to be written, in bytes: whoever reads the log and stops must not stop us. */
const MAX_BUFFERED_BYTES = 10_000_000;
/** How long it is enough to have complained once, in milliseconds. */
const REPEAT_AFTER_MS = 60_000;

let output: ReturnType<typeof destination> | undefined;

/**
 * Where the log goes, many lines at a time: to write each by itself is a good part of a request
 * (docs/decisions/0016-what-is-logged-and-counted.md). What waits is written when the process exits,
 * and lost when it is killed.
 */
export const standardOutput = () =>
  (output ??= destination({
    sync: false,
    minLength: WRITE_BYTES,
    maxLength: MAX_BUFFERED_BYTES,
    periodicFlush: FLUSH_INTERVAL_MS,
  }));

/**
 * What says that something has gone wrong which is tried again every moment: once a minute, and not
 * every time.
 * @param what cannot be done, as the log says it
 */
export function throttledErrorLog(
  log: FastifyBaseLogger,
  what: string,
): (error: unknown) => void {
  let last = -Infinity;
  return (error) => {
    const now = performance.now();
    if (now - last < REPEAT_AFTER_MS) return;
    last = now;
    log.error({ err: redactError(error as Error) }, what);
  };
}
