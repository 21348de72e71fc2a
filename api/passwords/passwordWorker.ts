import bcrypt from 'bcrypt';
import type {
  WorkerResponse,
  PasswordJob,
  WorkerRequest,
} from './passwordPool';

/**
 * The process in which passwords are hashed; the only user of bcrypt. passwordPool.ts
 * starts it and sends it jobs; passwords.ts says why it exists.
 */
async function work(job: PasswordJob): Promise<string | boolean> {
  if (job.kind === 'hash') return bcrypt.hash(job.password, job.cost);
  return bcrypt.compare(job.password, job.hash ?? (await dummyHash(job.cost)));
}

let dummy: { cost: number; hash: Promise<string> } | undefined;

/** A hash that no password fits, so that an unknown user costs the same work as a known one. */
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

// Nobody is left to work for; and Ctrl-C in a terminal reaches us too, but is the parent's to handle.
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
