/** Parts of the clock that stay real in every test. */
const REAL = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
] as const;

/**
 * Sets the clock for the rest of the test. Only the date changes: timers and measurements run as they
 * do otherwise, so that nothing waits for it.
 */
export function itIs(moment: Date): void {
  jest.useFakeTimers({
    now: moment,
    doNotFake: [...REAL, 'setTimeout', 'clearTimeout'],
  });
}

/**
 * Holds the timeouts that begin from now on, until `jest.useRealTimers()`; `jest.advanceTimersByTime` lets
 * them end.
 */
export function holdTimeouts(): void {
  jest.useFakeTimers({ doNotFake: [...REAL, 'Date'] });
}

/** Returns the time in so many minutes from now. */
export const inMinutes = (minutes: number): Date =>
  new Date(Date.now() + minutes * 60_000);
