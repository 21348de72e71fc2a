import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { App } from '../app';
import { loadConfig, PROJECT_ROOT } from '../config';
import { createMockApp } from '../mock/mockApp';
import { SEED_PASSWORD } from '../seed/seed';
import { endsWithTest, temporaryFolder } from './cleanUp';
import { callersOf, type Caller } from './testApp';

/** The mock server of a test. */
export type MockApi = App & {
  anonymous: Caller;
  /** Returns a client with this person's token. */
  as(person: { accessToken: string }): Caller;
  /** Logs in one of the people of the seed. */
  logIn(username: string): Promise<Caller & { accessToken: string }>;
  /** Its warnings. */
  warnings: string[];
  folder: string;
};

/** The schema of the project. */
export const PROJECT_SCHEMA = readFileSync(
  path.join(PROJECT_ROOT, 'schema.graphql'),
  'utf8',
);

/** Adds fields to types of a schema, and definitions to its end. */
export const extendSchema = (
  fields: Record<string, string>,
  definitions = '',
  text = PROJECT_SCHEMA,
): string =>
  Object.entries(fields).reduce(
    (before, [type, added]) =>
      before.replace(
        new RegExp(`^(type|input) ${type} .*\\{$`, 'm'),
        (line) => `${line}\n${added}`,
      ),
    text,
  ) + definitions;

/**
 * Starts the mock server; it is gone after the test.
 * @param schema the whole text
 * @param folder of an earlier start, to start again
 */
export async function startMock(
  schema: string,
  folder?: string,
): Promise<MockApi> {
  folder ??= await temporaryFolder();
  const schemaFile = path.join(folder, 'schema.graphql');
  await writeFile(schemaFile, schema);
  const warnings: string[] = [];
  const app = await createMockApp(
    {
      ...loadConfig({ DATA_DIR: folder, BCRYPT_COST: '4' }),
      jobs: false,
      logLevel: 'silent',
      // On a busy machine a password takes seconds, as its worker has the lowest priority.
      operationSeconds: 120,
    },
    {
      schemaFile,
      warn: (sentence) => warnings.push(sentence),
      // Pictures take most of the time of the seed.
      album: { faces: new Map(), items: new Map() },
    },
  );
  endsWithTest(app.close);
  const { anonymous, as } = callersOf(app);
  return {
    ...app,
    anonymous,
    as,
    warnings,
    folder,
    async logIn(username) {
      const { data } = await anonymous.run<
        { login: { accessToken: string } },
        object
      >(
        'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }',
        { input: { username, password: SEED_PASSWORD } },
      );
      return { ...data.login, ...as(data.login) };
    },
  };
}
