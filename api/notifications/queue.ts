/** How much may wait for somebody who reads slowly. */
const MAX_QUEUED = 100;

/** What one side puts in as it comes, and the other takes out when it likes. */
export interface Queue<Value> {
  /** Adds a value; the one too many ends the queue. */
  push(value: Value): void;
  /** Nothing more comes. */
  end(): void;
  /** Takes the values out; `return()` ends the queue, also while somebody waits for a value. */
  readonly values: AsyncIterableIterator<Value>;
}

/**
 * @param onOverflow is told when more waits than may wait
 * @param onEnd is told once, however it ends
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
          // There is one, which may be whatever a Value may be.
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
