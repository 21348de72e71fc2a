import path from 'node:path';
import { PROJECT_ROOT } from '../config';
import { cleanUp } from './cleanUp';
import { recordFact, writeFacts } from './contractCoverage';

// Unexpected output fails a test, as it is a bug or hides one.
function forbidNoise(): void {
  for (const method of ['error', 'warn', 'log'] as const) {
    jest.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      throw new Error(
        `Unexpected console.${method}: ${args.map(String).join(' ')}`,
      );
    });
  }
}
forbidNoise();

afterEach(async () => {
  jest.useRealTimers();
  // All tests of a process share one clock, so that each test has to restore it.
  jest.restoreAllMocks();
  forbidNoise();
  await cleanUp();
});

// Time limit of all tests. It is generous, as it only ends tests that hang on a busy machine.
jest.setTimeout(300_000);

recordFact(path.relative(PROJECT_ROOT, expect.getState().testPath ?? ''));
// At once: nothing runs after tests that are all skipped.
writeFacts();
afterAll(writeFacts);
