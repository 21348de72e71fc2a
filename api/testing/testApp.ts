import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MikroORM } from '@mikro-orm/core';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { LightMyRequestResponse } from 'fastify';
import { print, type DocumentNode } from 'graphql';
import { createApp, type App } from '../app';
import { loadConfig, type Config } from '../config';

/** The databases that the product runs on; suites that touch SQL run on both. */
export const DATABASES = ['sqlite', 'postgres'] as const;

/** One of the databases. */
export type DatabaseName = (typeof DATABASES)[number];

/** Somebody who speaks to the API. */
export type Caller = {
  /**
   * Sends the operation through the whole server, but no socket.
   * @returns what came back, also where it is an error: tests look at `errors`
   */
  run<Data, Variables>(
    document: TypedDocumentNode<Data, Variables> | string,
    variables?: Variables,
  ): Promise<Answer<Data>>;
};

/** An answer of the API, with what HTTP said about it. */
export type Answer<Data> = {
  status: number;
  headers: LightMyRequestResponse['headers'];
  /** Throws, and shows the whole answer, where there are no data. */
  readonly data: Data;
  errors:
    | {
        message: string;
        path?: string[];
        extensions: Record<string, unknown>;
      }[]
    | undefined;
  extensions: {
    auth?: { accessToken?: string; expiresIn?: number; reason?: string };
    cost?: { requested: number; limit: number };
  };
  body: string;
};

/** A server in a world of its own: a fresh database, and nobody in it. */
export type TestApi = App & {
  config: Config;
  /** Every SQL statement of requests since the last `statements.length = 0`. */
  statements: string[];
  /** Speaks with this person's token. */
  as(person: { accessToken: string }): Caller;
  /** Speaks without a token. */
  anonymous: Caller;
  /** Speaks with these headers. */
  withHeaders(headers: Record<string, string>): Caller;
};

/** What a test may set: the configuration, and the database. */
export type WorldOptions = Partial<Config> & { database?: DatabaseName };

let worlds: (() => Promise<void>)[] = [];

/** Makes a world; it ends with the test. */
export async function testApp({
  database = 'sqlite',
  ...overrides
}: WorldOptions = {}): Promise<TestApi> {
  const empty = await emptyDatabase(database, overrides.dataDir);
  const config: Config = {
    ...loadConfig({}),
    ...empty,
    jwtSecrets: ['0123456789abcdefghijklmnopqrstuv'],
    bcryptCost: 4,
    passwordWorkers: 1,
    // Tests call what the jobs do when it is its time.
    jobs: false,
    logLevel: 'silent',
    ...overrides,
  };
  const statements: string[] = [];
  const app = await createApp(config, (sql) => {
    if (!isLookAtRevocations(sql)) statements.push(sql);
  });
  worlds.push(app.close);
  const withHeaders = (headers: Record<string, string>): Caller => ({
    run: (document, variables) => run(app, headers, document, variables),
  });
  return {
    ...app,
    config,
    statements,
    as: ({ accessToken }) =>
      withHeaders({ authorization: `Bearer ${accessToken}` }),
    anonymous: withHeaders({}),
    withHeaders,
  };
}

/** The blocklist looks at its table every second, whatever the requests do. */
const isLookAtRevocations = (sql: string) =>
  sql.includes('select id from sessions where revoked_at >');

/** Ends every world of the test that has just run. */
export async function closeWorlds(): Promise<void> {
  const ended = worlds;
  worlds = [];
  // The newest first, as what stands on something goes before it.
  for (const close of ended.reverse()) await close();
}

/** Does this after the test, before what was opened earlier is closed. */
export function endsWithTest(close: () => Promise<void>): void {
  worlds.push(close);
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'neighborshare-test-'));
  worlds.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A database without tables; it is gone after the test. */
export const emptyDatabase = async (
  database: DatabaseName,
  dataDir?: string,
) => ({
  dataDir: dataDir ?? (await temporaryFolder()),
  databaseUrl: database === 'postgres' ? await freshPostgres() : null,
});

/** The URL of an empty database in the PostgreSQL that globalSetup started. */
async function freshPostgres(): Promise<string> {
  const server = String(process.env.TEST_POSTGRES_URL);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const orm = await MikroORM.init({
    driver: PostgreSqlDriver,
    clientUrl: `${server}/postgres`,
    entities: [],
    discovery: { warnWhenNoEntities: false },
  });
  await orm.em.getConnection().execute(`create database ${name}`);
  await orm.close();
  return `${server}/${name}`;
}

async function run<Data, Variables>(
  app: App,
  headers: Record<string, string>,
  document: DocumentNode | string,
  variables?: Variables,
): Promise<Answer<Data>> {
  const query = typeof document === 'string' ? document : print(document);
  const response = await app.http.inject({
    method: 'POST',
    url: '/graphql',
    headers: { accept: 'application/graphql-response+json', ...headers },
    payload: { query, variables },
  });
  const answer = response.json<
    { data?: Data } & Pick<Answer<Data>, 'errors' | 'extensions'>
  >();
  return {
    status: response.statusCode,
    headers: response.headers,
    body: response.body,
    errors: answer.errors,
    extensions: answer.extensions ?? {},
    get data() {
      if (answer.data == null)
        throw new Error(
          `No data\n${query}\n${JSON.stringify(variables)}\n-> ${response.body}`,
        );
      return answer.data;
    },
  };
}
