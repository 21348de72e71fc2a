import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { LightMyRequestResponse } from 'fastify';
import { print, type DocumentNode } from 'graphql';
import { createApp, type App } from '../app';
import { loadConfig, type Config } from '../config';
import { endsWithTest } from './cleanUp';
import { recordResponse } from './contractCoverage';
import { migratedDatabase, type DatabaseName } from './databases';

/** Client of the API with fixed headers. */
export type Caller = {
  /**
   * Sends the operation through the whole server, without a network.
   * @returns the response, also of a failed operation: tests look at `errors`
   */
  run<Data, Variables>(
    document: TypedDocumentNode<Data, Variables> | string,
    variables?: Variables,
  ): Promise<Answer<Data>>;
};

/** Response of the API with its HTTP status and headers. */
export type Answer<Data> = {
  status: number;
  headers: LightMyRequestResponse['headers'];
  /** Throws with the whole response if it has no data. */
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
    deprecations?: { element: string; reason: string }[];
  };
  body: string;
};

/** A server with an empty database of its own. */
export type TestApi = App & {
  config: Config;
  /** Every SQL statement of requests since the last `statements.length = 0`. */
  statements: string[];
  /** Returns a client with this person's token. */
  as(person: { accessToken: string }): Caller;
  /** Client without a token. */
  anonymous: Caller;
  /** Returns a client with these headers. */
  withHeaders(headers: Record<string, string>): Caller;
};

/** Configuration and database of a test's server. */
export type TestAppOptions = Partial<Config> & { database?: DatabaseName };

/** Starts a server with an empty database; both are gone after the test. */
export async function testApp({
  database = 'sqlite',
  ...overrides
}: TestAppOptions = {}): Promise<TestApi> {
  const location = await migratedDatabase(database, overrides);
  const config: Config = {
    ...loadConfig({}),
    ...location,
    jwtSecrets: ['0123456789abcdefghijklmnopqrstuv'],
    bcryptCost: 4,
    passwordWorkers: 1,
    // Tests call the work of the jobs directly.
    jobs: false,
    logLevel: 'silent',
    // On a busy machine a password takes seconds, as its worker has a lower priority.
    operationSeconds: 120,
    ...overrides,
  };
  const statements: string[] = [];
  const app = await createApp(config, (sql) => {
    if (!isLookAtRevocations(sql)) statements.push(sql);
  });
  endsWithTest(app.close);
  return { ...app, config, statements, ...callersOf(app) };
}

/** Creates clients of a server. */
export function callersOf(
  app: App,
): Pick<TestApi, 'as' | 'anonymous' | 'withHeaders'> {
  const withHeaders = (headers: Record<string, string>): Caller => ({
    run: (document, variables) => run(app, headers, document, variables),
  });
  return {
    as: ({ accessToken }) =>
      withHeaders({ authorization: `Bearer ${accessToken}` }),
    anonymous: withHeaders({}),
    withHeaders,
  };
}

/** Returns whether a statement is the poll of the blocklist, which runs every second. */
const isLookAtRevocations = (sql: string) =>
  sql.includes('select id from sessions where revoked_at >');

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
  recordResponse(query, answer);
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
