import { setTimeout as pause } from 'node:timers/promises';

/** Time between two events of a subscription. */
const EVENT_INTERVAL_MS = 3000;
/** Number of events after which a subscription ends. */
const MAX_EVENTS = 200;

/** Event of a subscription that has no resolver. The number tells its values from those of other events. */
export type MockEvent = { number: number };

/** Emits events at a steady pace. It ends at once, also while it waits for the next event. */
export function mockEvents(): AsyncIterableIterator<MockEvent> {
  const ended = new AbortController();
  let number = 0;
  const end = { done: true, value: undefined } as const;
  return {
    async next() {
      if (number === MAX_EVENTS) return end;
      await pause(EVENT_INTERVAL_MS, undefined, {
        signal: ended.signal,
        ref: false,
      }).catch(() => undefined);
      return ended.signal.aborted
        ? end
        : { done: false, value: { number: (number += 1) } };
    },
    return() {
      ended.abort();
      return Promise.resolve(end);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
