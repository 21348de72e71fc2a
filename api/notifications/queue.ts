/** How many values may wait for a slow reader. */
const MAX_QUEUED = 100;

/** A bounded queue between a producer and an async iterator. */
export interface Queue<Value> {
  /** Adds a value. One beyond the limit ends the queue. */
  push(value: Value): void;
  /** Nothing more comes. */
  end(): void;
  /** Takes the values out; `return()` ends the queue, also while a reader waits for a value. */
  readonly values: AsyncIterableIterator<Value>;
}

/**
 * @param onOverflow called when too many values wait
 * @param onEnd called once, however the queue ends
 */
export function createQueue<Value>({
  onOverflow,
  onEnd,
}: {
  onOverflow: () => void;
  onEnd: () => void;
}): Queue<Value> {
  const waiting: Value[] = [];
  const takers: ((result: IteratorResult<Value, undefined>) => void)[] = [];
  const done = { done: true, value: undefined } as const;
  let isOver = false;

  function end(): void {
    if (isOver) return;
    isOver = true;
    waiting.length = 0;
    for (const take of takers.splice(0)) take(done);
    onEnd();
  }

  return {
    push(value) {
      if (isOver) return;
      const take = takers.shift();
      if (take) take({ done: false, value });
      else if (waiting.length < MAX_QUEUED) waiting.push(value);
      else {
        end();
        onOverflow();
      }
    },
    end,
    values: {
      next() {
        if (waiting.length > 0)
          // The queue is not empty; a value may be undefined, so it is not compared.
          return Promise.resolve({
            done: false,
            value: waiting.shift() as Value,
          });
        if (isOver) return Promise.resolve(done);
        return new Promise((resolve) => takers.push(resolve));
      },
      return() {
        end();
        return Promise.resolve(done);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    },
  };
}
