/**
 * Sets the clock for the rest of the test. Only the date changes: timers and measurements run as they
 * do otherwise, so that nothing waits for it.
 */
export function itIs(moment: Date): void {
  jest.useFakeTimers({
    now: moment,
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}

/** Returns the time in so many minutes from now. */
export const inMinutes = (minutes: number): Date =>
  new Date(Date.now() + minutes * 60_000);
