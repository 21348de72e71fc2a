import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { Database } from 'sqlite3';
import { loadConfig, type Config } from '../config';
import { sqliteFile } from '../database/orm';
import { migratedDatabase, type DatabaseName } from './databases';
import { createDeployment, type Check } from '../doctor/deployment';
import type { Finding } from '../doctor/finding';
import { thisMachine, type Machine } from '../doctor/machine';
import { makeAuthority, makeCertificate } from './certificates';
import { endsWithTest } from './cleanUp';
import { startProxy, type ProxyOptions } from './proxy';
import { testApp, type TestAppOptions } from './testApp';

/**
 * A machine without faults, as the one that runs the tests may have any.
 * @param parts of the operating system that the test replaces
 */
export const goodMachine = (parts: Partial<Machine> = {}): Machine => ({
  ...thisMachine,
  nodeVersion: '24.0.0',
  programChangedAt: () => Promise.resolve(0),
  userId: 1000,
  memory: () => ({ total: 2e9, available: 1e9 }),
  openFiles: () => Promise.resolve(65_536),
  disk: () => Promise.resolve({ freeBytes: 20e9, freeFiles: 0.9 }),
  // Name servers are not on loopback.
  resolveTxt: () => Promise.resolve([['v=spf1 -all'], ['v=DMARC1; p=none']]),
  // On a busy machine the server, which is in this process, takes seconds.
  patienceMs: 120_000,
  ...parts,
});

/** Runs one check. */
async function findingsOf(
  check: Check,
  config: Config,
  machine?: Partial<Machine>,
): Promise<Finding[]> {
  const deployment = createDeployment(config, goodMachine(machine));
  endsWithTest(deployment.close);
  return check.run(deployment);
}

/** Writes findings as texts: `broken: What. Meaning. Advice.` */
export const asTexts = (findings: Finding[]): string[] =>
  findings.map((finding) =>
    'advice' in finding
      ? `${finding.state}: ${finding.text} ${finding.meaning} ${finding.advice}`
      : `${finding.state}: ${finding.text}`,
  );

/** Runs one check and writes what it found. */
export const textsOf = async (...args: Parameters<typeof findingsOf>) =>
  asTexts(await findingsOf(...args));

/** Settings of a server that serves the public. */
const PRODUCTION: Partial<Config> = {
  production: true,
  host: '127.0.0.1',
  trustedProxies: ['127.0.0.1', '::1'],
  requiresTls: true,
  isPublicUrlSet: true,
};

/**
 * Starts a server behind a proxy with TLS.
 * @param proxyOptions what the proxy does otherwise than a good one
 * @param appOptions settings of the server
 * @returns its settings for the doctor, and the authority of its certificate
 */
export async function deploy(
  proxyOptions: ProxyOptions = {},
  appOptions: TestAppOptions = {},
) {
  const authority = await makeAuthority();
  const proxy = await startProxy({
    certificate: await makeCertificate({ authority, until: 60 }),
    ...proxyOptions,
  });
  const api = await testApp({
    ...PRODUCTION,
    publicUrl: proxy.origin,
    ...appOptions,
  });
  await api.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = api.http.server.address() as AddressInfo;
  proxy.target = `http://127.0.0.1:${port}`;
  return { api, proxy, config: { ...api.config, port }, authority };
}

/** Settings with a migrated database and no server. */
export const databaseConfig = async (
  database: DatabaseName,
  overrides: Partial<Config> = {},
): Promise<Config> => ({
  ...loadConfig({}),
  ...(await migratedDatabase(database)),
  // Nothing listens there.
  publicUrl: 'http://127.0.0.1:9',
  ...overrides,
});

/** Changes a database past the server. */
export async function changeDatabase(
  config: Config,
  statement: string,
): Promise<void> {
  const file = sqliteFile(config);
  if (file) {
    const database = new Database(file);
    await new Promise<void>((resolve, reject) => {
      database.exec(statement, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    await new Promise((resolve) => {
      database.close(resolve);
    });
    return;
  }
  const client = new Client(String(config.databaseUrl));
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** Matches a text that contains this one. */
export const like = (text: string) =>
  expect.stringContaining(text) as unknown as string;
