import { startPolling } from './polling';

/** Longer than a poll may take, and the pause after one that failed. */
const ABANDONED_AFTER_MS = 7000;

describe('polling', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('a poll that is never answered is abandoned, and the next one is made', async () => {
    const signals: AbortSignal[] = [];
    const errors: unknown[] = [];
    const polling = startPolling({
      poll(signal) {
        signals.push(signal);
        return signals.length === 1
          ? new Promise(() => undefined)
          : Promise.resolve();
      },
      intervalMs: () => 1000,
      onError: (error) => errors.push(error),
    });

    await jest.advanceTimersByTimeAsync(1000);
    expect(signals).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(ABANDONED_AFTER_MS);

    expect(signals.map(({ aborted }) => aborted).slice(0, 2)).toEqual([
      true,
      false,
    ]);
    expect(errors).toHaveLength(1);
    await polling.end();
  });

  it('requests at the same time are answered by one poll', async () => {
    let polls = 0;
    const polling = startPolling({
      async poll() {
        polls++;
        await Promise.resolve();
      },
      intervalMs: () => 60_000,
      onError: () => undefined,
    });

    const answers = Promise.all([polling.now(), polling.now(), polling.now()]);
    await jest.advanceTimersByTimeAsync(1000);
    await answers;

    expect(polls).toBe(1);
    await polling.end();
  });
});
