import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COVERAGE_FOLDER } from './contractCoverage';
import { makeTemplates } from './databases';
import { startPostgres } from './postgres';

declare global {
  /** Stops the processes of global setup: Jest's setup and teardown share nothing but globals. */
  var stopTestDatabases: (() => Promise<void>) | undefined;
}

/** Starts one PostgreSQL for all tests, and creates the databases that each test copies. */
export default async function globalSetup(): Promise<void> {
  await rm(COVERAGE_FOLDER, { recursive: true, force: true });
  await mkdir(COVERAGE_FOLDER, { recursive: true });
  const folder = await mkdtemp(path.join(tmpdir(), 'neighborshare-template-'));
  const postgres = await startPostgres();
  globalThis.stopTestDatabases = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  await makeTemplates(folder, postgres.url);
  process.env.TEST_POSTGRES_URL = postgres.url;
  process.env.TEST_SQLITE_TEMPLATE = folder;
}
