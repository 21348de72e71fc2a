// The one time limit of the tests: generous, as it only ends a test that hangs on a busy machine.
jest.setTimeout(900_000);
