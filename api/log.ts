import type { FastifyBaseLogger } from 'fastify';
import { destination } from 'pino';

/** Bytes collected before they are written. */
const WRITE_BYTES = 16_000;
/** How long a line may wait for others. */
const FLUSH_INTERVAL_MS = 250;
/** Unwritten bytes kept in memory; a log reader that hangs must not stop the server. */
const MAX_BUFFERED_BYTES = 10_000_000;
/** How long a recurring failure is not logged again. */
const REPEAT_AFTER_MS = 60_000;

let output: ReturnType<typeof destination> | undefined;

/**
 * Returns the destination of the log, which writes many lines at once: writing each by itself would
 * take a good part of a request's time (docs/decisions/0016-what-is-logged-and-counted.md). Buffered
 * lines are written when the process exits, and lost when it is killed.
 */
export const standardOutput = () =>
  (output ??= destination({
    sync: false,
    minLength: WRITE_BYTES,
    maxLength: MAX_BUFFERED_BYTES,
    periodicFlush: FLUSH_INTERVAL_MS,
  }));

/**
 * Creates a function that logs a recurring failure at most once a minute.
 * @param message the log message
 */
export function throttledErrorLog(
  log: FastifyBaseLogger,
  message: string,
): (error: unknown) => void {
  let last = -Infinity;
  return (error) => {
    const now = performance.now();
    if (now - last < REPEAT_AFTER_MS) return;
    last = now;
    log.error({ err: redactError(error as Error) }, message);
  };
}

/**
 * Reduces an error to what the log may keep: its kind and origin, but no values. The ORM's messages
 * begin with the statement and its parameters.
 */
export function redactError(error: Error): Record<string, unknown> {
  const { name, message, stack = '' } = error;
  const { code } = error as NodeJS.ErrnoException;
  const isAboutStatement =
    'sqlMessage' in error || / - [A-Z\w]+:? /.test(message);
  return {
    name,
    code,
    message: isAboutStatement ? message.split(' - ').at(-1) : message,
    stack: stack.split('\n').filter((line) => line.startsWith('    at ')),
  };
}
