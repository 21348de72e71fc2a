/** How long a poll may take. One that takes longer is abandoned, and the next uses another connection. */
const POLL_TIMEOUT_MS = 5000;
/** How long to wait after a poll that failed. */
const RETRY_DELAY_MS = 1000;
/** Least time between the beginnings of two polls, so that requests for one are gathered. */
const MIN_INTERVAL_MS = 50;

/** A table that is polled. */
export interface Polling {
  /**
   * Polls now, or soon after the poll under way, as that one may have begun too early.
   * @returns a promise of that poll; it need not be awaited
   * @throws the error of the poll
   */
  now(): Promise<void>;
  /** Stops polling, after the poll under way. */
  end(): Promise<void>;
}

/**
 * Polls again and again, one poll at a time.
 * @param poll must ignore what it has read where its signal is aborted: it was abandoned
 * @param intervalMs time from the end of a poll to the beginning of the next
 * @param onError called with the error of each poll that failed
 */
export function startPolling({
  poll,
  intervalMs,
  onError,
}: {
  poll: (signal: AbortSignal) => Promise<void>;
  intervalMs: () => number;
  onError: (error: unknown) => void;
}): Polling {
  /** Requests for the next poll. */
  let requests: Deferred | null = null;
  let running: Promise<void> | null = null;
  let beganAt = -Infinity;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;

  function schedule(delayMs: number): void {
    clearTimeout(timer);
    if (isOver) return;
    timer = setTimeout(() => {
      running = run();
    }, delayMs).unref();
  }

  async function run(): Promise<void> {
    const answered = takeRequests();
    beganAt = performance.now();
    let delayMs = RETRY_DELAY_MS;
    try {
      await withTimeout(poll);
      answered?.resolve();
      delayMs = intervalMs();
    } catch (error) {
      onError(error);
      answered?.reject(error);
    }
    running = null;
    schedule(requests ? MIN_INTERVAL_MS : delayMs);
  }

  function takeRequests(): Deferred | null {
    const taken = requests;
    requests = null;
    return taken;
  }

  schedule(intervalMs());
  return {
    now() {
      if (isOver) return Promise.resolve();
      requests ??= createDeferred();
      if (!running)
        schedule(Math.max(0, beganAt + MIN_INTERVAL_MS - performance.now()));
      return requests.promise;
    },
    async end() {
      isOver = true;
      clearTimeout(timer);
      await running;
      takeRequests()?.resolve();
    },
  };
}

type Deferred = {
  promise: Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
};

/** Creates a promise that is settled from outside. Its rejection need not be handled. */
function createDeferred(): Deferred {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<void>((...settle) => {
    [resolve, reject] = settle;
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

/** @throws where the work takes too long; its signal is aborted then */
async function withTimeout(
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const abandoned = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      abandoned.abort();
      reject(new Error('timeout exceeded while polling the database'));
    }, POLL_TIMEOUT_MS).unref();
  });
  try {
    await Promise.race([work(abandoned.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
