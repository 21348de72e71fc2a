/** Runs work; work with the same key runs one after the other, in the order of the calls. */
export type KeyedMutex = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/**
 * Creates a mutex per key.
 * @param maxRunning how much work may run or wait, over all keys, before a key that is in use
 * refuses more
 * @param tooMany makes the error that is then thrown
 */
export function createKeyedMutex(
  maxRunning: number,
  tooMany: () => Error,
): KeyedMutex {
  const last = new Map<string, Promise<unknown>>();
  let running = 0;
  return async (key, work) => {
    const before = last.get(key);
    if (before && running >= maxRunning) throw tooMany();
    running += 1;
    const mine = (before ?? Promise.resolve()).then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      running -= 1;
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
