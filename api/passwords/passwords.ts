import path from 'node:path';
import { ServiceUnavailable } from '../errors';
import { text } from '../language/text';
import { createFairQueue, type Requester } from '../limits/fairQueue';
import { WorkerDied, WorkerProcess } from '../workerProcess';
import { MAX_PASSWORD_BYTES, normalizePassword } from './passwordRules';

/** Work for the worker. With `hash` null, it compares with a hash that nothing matches. */
export type PasswordJob = { password: string; cost: number } & (
  { kind: 'hash' } | { kind: 'compare'; hash: string | null }
);

/** Hashes and compares passwords in a child process. */
export interface Passwords {
  /** @throws ServiceUnavailable when too many are waiting */
  hash(password: string, requester: Requester): Promise<string>;
  /**
   * Compares a password with a hash. Without a hash, as for an unknown user, returns false after the
   * same work.
   * @throws ServiceUnavailable when too many are waiting
   */
  matches(
    password: string,
    hash: string | null,
    requester: Requester,
  ): Promise<boolean>;
  /** Tells whether the hash has another cost than the configured one. */
  isOutdated(hash: string): boolean;
  /** Process id of the child, while one runs; for tests. */
  readonly pid: number | undefined;
  /** Number of waiting passwords. */
  readonly waiting: number;
  close(): void;
}

/**
 * Waiting passwords: at cost 12 the last one waits about fifteen seconds. A quarter for one network, so
 * that logins from others go on.
 */
const MAX_WAITING = { total: 64, network: 16 };

const BUSY = text('limits.busy');

/**
 * Creates the password service. bcrypt and sqlite3 share the thread pool of a process, and hashing
 * occupies whole cores: a few logins would block all reads. Therefore a child process hashes, at low
 * priority (docs/decisions/0004-passwords-in-a-child-process.md).
 * @param cost of bcrypt: each step doubles the work
 * @param workers how many hashes are computed concurrently
 */
export function createPasswords(cost: number, workers: number): Passwords {
  const queue = createFairQueue({
    running: { total: workers },
    waiting: MAX_WAITING,
    refusal: BUSY,
  });
  const worker = new WorkerProcess<PasswordJob, string | boolean>({
    file: path.join(__dirname, `passwordWorker${path.extname(__filename)}`),
    env: { UV_THREADPOOL_SIZE: String(workers) },
  });
  const run = (job: PasswordJob, requester: Requester) =>
    queue.run(requester, () => runTwice(worker, job));

  return {
    async hash(password, requester) {
      const job = { password: normalizePassword(password), cost };
      return String(await run({ ...job, kind: 'hash' }, requester));
    },
    async matches(password, hash, requester) {
      const job = { password: toBcryptInput(password), hash, cost };
      return (await run({ ...job, kind: 'compare' }, requester)) === true;
    },
    isOutdated: (hash) => Number(hash.split('$')[2]) !== cost,
    get pid() {
      return worker.pid;
    },
    get waiting() {
      return queue.waiting;
    },
    close() {
      queue.close();
      worker.close();
    },
  };
}

/**
 * Runs a job, and once more where the worker dies.
 * @throws ServiceUnavailable where it dies twice
 */
async function runTwice<Result>(
  worker: WorkerProcess<PasswordJob, Result>,
  job: PasswordJob,
): Promise<Result> {
  for (let attempts = 0; attempts < 2; attempts++)
    try {
      return await worker.run(job);
    } catch (error) {
      if (!(error instanceof WorkerDied)) throw error;
    }
  throw new ServiceUnavailable(BUSY);
}

/**
 * Returns the text to compare: empty for a password that bcrypt would cut, at 72 bytes or at a NUL, so
 * that it cannot match by its beginning.
 */
function toBcryptInput(password: string): string {
  const normal = normalizePassword(password);
  const isCut =
    Buffer.byteLength(normal) > MAX_PASSWORD_BYTES || normal.includes('\0');
  return isCut ? '' : normal;
}
