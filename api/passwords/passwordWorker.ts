import bcrypt from 'bcrypt';
import type {
  WorkerResponse,
  PasswordJob,
  WorkerRequest,
} from './passwordPool';

/**
 * Runs a job. This file is the process that hashes passwords, and the only user of bcrypt;
 * passwordPool.ts starts it, and passwords.ts explains why it exists.
 */
async function work(job: PasswordJob): Promise<string | boolean> {
  if (job.kind === 'hash') return bcrypt.hash(job.password, job.cost);
  return bcrypt.compare(job.password, job.hash ?? (await dummyHash(job.cost)));
}

let dummy: { cost: number; hash: Promise<string> } | undefined;

/** Creates a hash that no password matches, so that an unknown user costs the same work as a known one. */
function dummyHash(cost: number): Promise<string> {
  if (dummy?.cost !== cost)
    dummy = {
      cost,
      hash: bcrypt.genSalt(cost).then((salt) => salt + '.'.repeat(31)),
    };
  return dummy.hash;
}

process.on('message', ({ id, job }: WorkerRequest) => {
  work(job).then(
    (result) => reply({ id, result }),
    (error: unknown) => reply({ id, error: String(error) }),
  );
});

const reply = (answer: WorkerResponse) => process.send?.(answer);

// Ends with the parent. Ctrl-C in a terminal reaches this process too, but the parent handles it.
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
