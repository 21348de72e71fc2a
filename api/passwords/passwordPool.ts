import { fork, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { ServiceUnavailable } from '../errors';

/** Work for the worker. With `hash` null, it compares with a hash that nothing matches. */
export type PasswordJob = { password: string; cost: number } & (
  { kind: 'hash' } | { kind: 'compare'; hash: string | null }
);

/** Message to the worker. */
export type WorkerRequest = { id: number; job: PasswordJob };

/** Message of the worker, by the id of the request. */
export type WorkerResponse = { id: number } & (
  { result: string | boolean } | { error: string }
);

/** Length of the queue: at cost 12 the last job waits about fifteen seconds. */
const MAX_WAITING = 64;

type Waiting = WorkerRequest & {
  resolve: (result: string | boolean) => void;
  reject: (error: Error) => void;
  retried: boolean;
};

/**
 * Queue of password jobs and the child process that runs them. The process is started at the first job,
 * and again if it dies; its running jobs are then retried once.
 */
export class PasswordPool {
  #queue: Waiting[] = [];
  #underWay = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #lastId = 0;
  #closed = false;

  /** @param workers how many jobs run concurrently */
  constructor(private readonly workers: number) {}

  /** Process id of the child, while one runs; for tests. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Number of waiting jobs. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Queues and runs a job.
   * @throws ServiceUnavailable when too many are waiting, or the child died twice during the job
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

  /** Ends the child and rejects the waiting jobs. */
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
      // Sending fails between the child's death and its 'exit' event, which retries the job.
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
  new ServiceUnavailable('The server is busy: try again in a moment');

function startWorker(workers: number): ChildProcess {
  const file = path.join(
    __dirname,
    `passwordWorker${path.extname(__filename)}`,
  );
  const child = fork(file, {
    // In development and in tests, the child runs from source and needs a TypeScript loader.
    execArgv: file.endsWith('.ts') ? ['--require', 'tsx/cjs'] : [],
    // Not our environment, which contains the signing secret.
    env: { UV_THREADPOOL_SIZE: String(workers) },
  });
  lowerPriority(child);
  // The child must not keep this process alive.
  child.unref();
  child.channel?.unref();
  return child;
}

/** Lowers the priority of the child. Hashing works without it, where the child has died or it is not permitted. */
function lowerPriority({ pid }: ChildProcess): void {
  try {
    if (pid) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    return;
  }
}
