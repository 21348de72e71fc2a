import { relative } from 'node:path';
import { recordFact, writeFacts } from './contractCoverage';

// The one time limit of the tests: generous, as it only ends a test that hangs on a busy machine.
jest.setTimeout(300_000);

recordFact(relative('.', expect.getState().testPath ?? ''));
writeFacts();
