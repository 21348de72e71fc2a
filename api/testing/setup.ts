import { cleanUp } from './cleanUp';

// Noise fails tests: what is printed unexpectedly is a bug, or hides one.
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
  // All tests of a process have one clock: none may leave it standing still.
  jest.restoreAllMocks();
  forbidNoise();
  await cleanUp();
});

// The one time limit of the tests: generous, as it only ends a test that hangs on a busy machine.
jest.setTimeout(300_000);
