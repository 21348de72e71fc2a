import { fork, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { ServiceUnavailable } from '../errors';

/** What the worker is asked to do. `hash` null: compare with a hash that nothing fits. */
export type PasswordJob = { password: string; cost: number } & (
  { kind: 'hash' } | { kind: 'compare'; hash: string | null }
);

/** A job on its way to the worker, and what comes back for it. */
export type WorkerRequest = { id: number; job: PasswordJob };

/** What the worker says. */
export type WorkerResponse = { id: number } & (
  { result: string | boolean } | { error: string }
);

/** How many may wait for their turn: at cost 12 the last of them waits about fifteen seconds. */
const MAX_WAITING = 64;

type Waiting = WorkerRequest & {
  resolve: (result: string | boolean) => void;
  reject: (error: Error) => void;
  retried: boolean;
};

/**
 * The child process that hashes, and the queue before it. It is started at the first job and
 * again if it dies; what it was doing then is done again, once.
 */
export class PasswordPool {
  #queue: Waiting[] = [];
  #underWay = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #lastId = 0;
  #closed = false;

  /** @param workers how many jobs are done at the same time */
  constructor(private readonly workers: number) {}

  /** The child's process id, while there is one; for tests. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** How many jobs wait for their turn. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Does the job when its turn comes.
   * @throws ServiceUnavailable when too many are waiting, or the child died twice over it
   */
  run(job: PasswordJob): Promise<string | boolean> {
    return new Promise((resolve, reject) => {
      if (this.#closed || this.#queue.length >= MAX_WAITING) {
        reject(tooManyWaiting());
        return;
      }
      const id = ++this.#lastId;
      this.#queue.push({ id, job, resolve, reject, retried: false });
      this.#next();
    });
  }

  /** Ends the child. What still waits is refused. */
  close(): void {
    this.#closed = true;
    for (const { reject } of this.#queue.splice(0)) reject(tooManyWaiting());
    if (this.#child?.connected) this.#child.disconnect();
  }

  #next(): void {
    while (!this.#closed && this.#underWay.size < this.workers) {
      const waiting = this.#queue.shift();
      if (!waiting) return;
      const { id, job } = waiting;
      this.#underWay.set(id, waiting);
      this.#child ??= this.#start();
      // Between a child's death and the news of it, sending fails: then 'exit' does the job again.
      this.#child.send({ id, job } satisfies WorkerRequest, () => undefined);
    }
  }

  #start(): ChildProcess {
    const child = startWorker(this.workers);
    child.on('message', (answer: WorkerResponse) => {
      this.#settle(answer);
    });
    const onEnd = () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#redo();
    };
    child.on('exit', onEnd);
    child.on('error', onEnd);
    return child;
  }

  #settle(answer: WorkerResponse): void {
    const waiting = this.#underWay.get(answer.id);
    this.#underWay.delete(answer.id);
    if ('result' in answer) waiting?.resolve(answer.result);
    else
      waiting?.reject(new Error(`Hashing a password failed: ${answer.error}`));
    this.#next();
  }

  #redo(): void {
    for (const waiting of this.#underWay.values()) {
      if (waiting.retried || this.#closed) waiting.reject(tooManyWaiting());
      else this.#queue.unshift({ ...waiting, retried: true });
    }
    this.#underWay.clear();
    this.#next();
  }
}

const tooManyWaiting = () =>
  new ServiceUnavailable('Many people are logging in: try again in a moment');

function startWorker(workers: number): ChildProcess {
  const file = path.join(
    __dirname,
    `passwordWorker${path.extname(__filename)}`,
  );
  const child = fork(file, {
    // From source, in development and in tests, the child needs a TypeScript loader too.
    execArgv: file.endsWith('.ts') ? ['--import', 'tsx'] : [],
    // Nothing of our own environment: the signing secret is not its business.
    env: { UV_THREADPOOL_SIZE: String(workers) },
  });
  lowerPriority(child);
  // It must not keep a process alive that has nothing else to do.
  child.unref();
  child.channel?.unref();
  return child;
}

/** Without a lower priority (it has died already, or may not) hashing works all the same. */
function lowerPriority({ pid }: ChildProcess): void {
  try {
    if (pid) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    return;
  }
}
