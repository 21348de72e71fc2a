/**
 * Says what time it is, for the rest of the test. Only the date moves: timers and measurements
 * go on as they are, so that nothing waits for it.
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

/** So many minutes after what the clock says now. */
export const inMinutes = (minutes: number): Date =>
  new Date(Date.now() + minutes * 60_000);
