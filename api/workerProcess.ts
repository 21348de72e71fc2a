import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** Message to a worker. */
export type WorkerRequest<Job> = { id: number; job: Job };

/** Message of a worker, by the id of the request. */
export type WorkerResponse<Result> = { id: number } & (
  { result: Result } | { error: string }
);

/** How a worker is run. */
export type WorkerOptions = {
  /** The module that calls `serveJobs`. */
  file: string;
  /** All of its environment: it does not get ours, which contains the signing secret. */
  env: Record<string, string>;
  /** Memory for its data, beyond which its allocations fail; on Linux only. */
  maxMemoryBytes?: number;
};

/** The worker ended before a job was done: it crashed, or was killed. */
export class WorkerDied extends Error {
  override name = 'WorkerDied';
}

type Running<Result> = {
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
};

const SHELL = '/bin/sh';

/**
 * A child process that does expensive work at lower priority and away from the thread pool that the
 * database uses. It is started at the first job, and again if it dies.
 */
export class WorkerProcess<Job, Result> {
  #child: ChildProcess | undefined;
  #running = new Map<number, Running<Result>>();
  #lastId = 0;
  #closed = false;

  /** @param options of the process */
  constructor(private readonly options: WorkerOptions) {}

  /** Process id, while it runs; for tests. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Runs a job.
   * @param timeoutMs how long it may take; then the process is killed
   * @throws WorkerDied, after which further jobs start another process; Error where the job failed
   */
  async run(job: Job, timeoutMs?: number): Promise<Result> {
    if (this.#closed) throw new WorkerDied();
    const child = (this.#child ??= this.#start());
    const timer =
      timeoutMs && setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    try {
      return await new Promise((resolve, reject) => {
        const id = ++this.#lastId;
        this.#running.set(id, { resolve, reject });
        // Sending fails between the death of the process and its 'exit' event, which rejects the job.
        child.send({ id, job } satisfies WorkerRequest<Job>, () => undefined);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process, and with it the running jobs. */
  close(): void {
    this.#closed = true;
    this.#child?.kill('SIGKILL');
  }

  #start(): ChildProcess {
    const child = start(this.options);
    child.on('message', (response: WorkerResponse<Result>) => {
      const job = this.#running.get(response.id);
      this.#running.delete(response.id);
      if ('result' in response) job?.resolve(response.result);
      else job?.reject(new Error(`A worker failed: ${response.error}`));
    });
    const onEnd = () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      const jobs = [...this.#running.values()];
      this.#running.clear();
      for (const { reject } of jobs) reject(new WorkerDied());
    };
    child.on('exit', onEnd);
    child.on('error', onEnd);
    return child;
  }
}

function start({ file, env, maxMemoryBytes }: WorkerOptions): ChildProcess {
  // In development and in tests, the process runs from source and needs a TypeScript loader.
  const loader = file.endsWith('.ts') ? ['--require', 'tsx/cjs'] : [];
  const limited =
    maxMemoryBytes !== undefined && existsSync(SHELL)
      ? {
          execPath: SHELL,
          execArgv: [
            '-c',
            // Of data, not of addresses: V8 reserves many more than it uses.
            `ulimit -d ${Math.ceil(maxMemoryBytes / 1024)}; exec "$0" "$@"`,
            process.execPath,
            ...loader,
          ],
        }
      : { execArgv: loader };
  const child = fork(file, { ...limited, env, serialization: 'advanced' });
  lowerPriority(child);
  // The child must not keep this process alive.
  child.unref();
  child.channel?.unref();
  return child;
}

/**
 * Lowers the priority, so that requests come first, but not to the lowest: on a machine that others keep
 * busy, that would be 1.5 % of a core and work would never end, instead of 10 %. Where the process has
 * died or it is not permitted, it works without.
 */
function lowerPriority({ pid }: ChildProcess): void {
  try {
    if (pid) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    return;
  }
}
