import { setImmediate as tick } from 'node:timers/promises';
import fc from 'fast-check';
import { createFairQueue, type FairQueueOptions } from './fairQueue';
import { untranslated } from '../language/text';

const HOME = 'home';
const SCHOOL = 'school';

/** A queue whose work ends when the test says so. */
function watchedQueue(options: Partial<FairQueueOptions> = {}) {
  const queue = createFairQueue({
    running: { total: 1 },
    waiting: { total: 100 },
    refusal: untranslated('Too much is waiting'),
    ...options,
  });
  const started: string[] = [];
  const running: { name: string; end: () => void }[] = [];
  const ask = (person: string, network = HOME) =>
    queue.run({ person, network }, () => {
      started.push(person);
      return new Promise<string>((resolve) => {
        running.push({
          name: person,
          end() {
            resolve(person);
          },
        });
      });
    });
  return {
    queue,
    started,
    running,
    ask,
    /** Ends what has run longest. */
    endOne: async () => {
      running.shift()?.end();
      await tick();
    },
  };
}

describe('a fair queue', () => {
  it('serves a modest person next, however much a greedy one has waiting', async () => {
    const { ask, started, endOne } = watchedQueue();
    for (let i = 0; i < 50; i++) void ask('greedy');
    void ask('modest');

    await endOne();

    expect(started).toEqual(['greedy', 'modest']);
  });

  it('serves a modest network next, however many people of another one wait', async () => {
    const { ask, started, endOne } = watchedQueue();
    for (let i = 0; i < 50; i++) void ask(`pupil ${i}`, SCHOOL);
    void ask('modest', HOME);

    await endOne();

    expect(started).toEqual(['pupil 0', 'modest']);
  });

  it('lets people take turns, also those who ask again as soon as they were served', async () => {
    const { ask, started, endOne } = watchedQueue();
    void ask('ana');
    void ask('ben');
    void ask('ben');
    void ask('cleo');
    for (let i = 0; i < 3; i++) {
      await endOne();
      void ask('ana');
    }

    expect(started).toEqual(['ana', 'ben', 'cleo', 'ana']);
    await endOne();
    expect(started.at(-1)).toBe('ben');
  });

  it('refuses one person beyond their part, and still takes what others ask', async () => {
    const { ask } = watchedQueue({ waiting: { total: 10, person: 2 } });
    void ask('greedy');
    void ask('greedy');
    void ask('greedy');

    await expect(ask('greedy')).rejects.toMatchObject({
      message: 'Too much is waiting',
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    });
    void ask('modest');
  });

  it('starts nothing of a person who has the most running, but what others ask', async () => {
    const { ask, started, endOne } = watchedQueue({
      running: { total: 3, person: 2 },
    });
    for (let i = 0; i < 5; i++) void ask('greedy');
    void ask('modest');

    expect(started).toEqual(['greedy', 'greedy', 'modest']);
    await endOne();
    expect(started).toEqual(['greedy', 'greedy', 'modest', 'greedy']);
  });

  it('passes results and errors on, and goes on after an error', async () => {
    const { queue } = watchedQueue();
    const requester = { person: 'ana', network: HOME };

    const failing = queue.run(requester, () => Promise.reject(new Error('no')));
    const next = queue.run(requester, () => Promise.resolve(42));

    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe(42);
  });

  it('refuses what waits when it is closed, and whatever comes later', async () => {
    const { queue, ask, endOne } = watchedQueue();
    const first = ask('ana');
    const second = ask('ana');

    queue.close();

    await expect(second).rejects.toThrow('Too much is waiting');
    await expect(ask('ben')).rejects.toThrow('Too much is waiting');
    expect(queue.waiting).toBe(0);
    await endOne();
    expect(await first).toBe('ana');
  });

  it('never exceeds its bounds, and runs everything it takes', async () => {
    const bounds = { total: 3, person: 2, network: 2 };
    const asks = fc.record({
      person: fc.constantFrom('ana', 'ben', 'cleo', 'dan'),
      network: fc.constantFrom(HOME, SCHOOL),
      ends: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(asks, { maxLength: 40 }), async (steps) => {
        const watched = watchedQueue({
          running: bounds,
          waiting: { total: 12, person: 5, network: 9 },
        });
        const { queue, ask, running, endOne } = watched;
        const answers: Promise<string>[] = [];
        for (const { person, network, ends } of steps) {
          answers.push(ask(person, network));
          for (let i = 0; i < ends; i++) await endOne();
          expect(running.length).toBeLessThanOrEqual(bounds.total);
          for (const { name } of running)
            expect(
              running.filter((other) => other.name === name).length,
            ).toBeLessThanOrEqual(bounds.person);
          expect(queue.waiting).toBeLessThanOrEqual(12);
        }
        const settled = Promise.allSettled(answers);
        while (running.length > 0) await endOne();
        const served = (await settled).filter(
          ({ status }) => status === 'fulfilled',
        );
        expect(served).toHaveLength(watched.started.length);
        expect(queue.waiting).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});
