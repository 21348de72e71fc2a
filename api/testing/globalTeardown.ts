/** Stops the databases that global setup started. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.stopTestDatabases?.();
}
