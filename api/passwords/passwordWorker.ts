import bcrypt from 'bcrypt';
import { serveJobs } from '../serveJobs';
import type { PasswordJob } from './passwords';

/**
 * Runs a job. This file is the process that hashes passwords, and the only user of bcrypt;
 * passwords.ts starts it and explains why it exists.
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

serveJobs(work);
