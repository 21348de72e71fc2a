/** Stops the PostgreSQL that globalSetup started. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.postgres?.stop();
}
