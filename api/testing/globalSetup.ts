import { startPostgres, type Postgres } from './postgres';

declare global {
  /** For globalTeardown: Jest gives the two nothing else in common. */
  var postgres: Postgres | undefined;
}

/** Starts one PostgreSQL for all tests; every test makes its own database in it. */
export default async function globalSetup(): Promise<void> {
  globalThis.postgres = await startPostgres();
  process.env.TEST_POSTGRES_URL = globalThis.postgres.url;
}
