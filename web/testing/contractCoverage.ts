import { appendFileSync, existsSync } from 'node:fs';
import path from 'node:path';

/** Folder of the records of a run, which the tests of the API create: see api/testing/checkContract.ts. */
const FOLDER = path.resolve('coverage', 'contract');

const facts = new Set<string>();

/** Records that a test has run an operation, or that a test file has run. */
export const recordFact = (fact: string): void => void facts.add(fact);

/** Adds the records of this test file to those of the run. */
export function writeFacts(): void {
  if (!existsSync(FOLDER)) return;
  const file = path.join(FOLDER, `web-${process.pid}.txt`);
  appendFileSync(file, [...facts].map((fact) => `${fact}\n`).join(''));
  facts.clear();
}
