import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, getVariableValues, Kind, parse, validate } from 'graphql';
import { PROJECT_ROOT } from '../config';
import { BRUNO_FOLDER, brunoCollection } from './bruno';

/** A request as Bruno reads it. */
type BrunoRequest = {
  meta: { name: string; type: string };
  http: { method: string; url: string; body: string; auth: string };
  auth?: { bearer: { token: string } };
  body: { graphql: { query: string; variables: string } };
  script?: { res?: string };
};

/** The parser of Bruno, which has no types. */
const bruno = jest.requireActual<{
  bruToJsonV2: (text: string) => BrunoRequest;
  bruToEnvJsonV2: (text: string) => {
    variables: { name: string; value: string }[];
  };
  collectionBruToJson: (text: string) => { script?: { res?: string } };
}>('@usebruno/lang');

const collection = brunoCollection();
const fileOf = (name: string) => collection.get(name) ?? '';
const requests = [...collection.keys()].filter(
  (name) => /^\w+\.bru$/.test(name) && name !== 'collection.bru',
);
const schema = buildSchema(
  readFileSync(path.join(PROJECT_ROOT, 'schema.graphql'), 'utf8'),
);
const environment = bruno.bruToEnvJsonV2(fileOf('environments/local.bru'));

describe('docs/bruno', () => {
  it('is as npm run docs:bruno writes it', () => {
    const folder = path.join(PROJECT_ROOT, BRUNO_FOLDER);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });

    expect(files.filter((file) => path.extname(file)).sort()).toEqual(
      [...collection.keys()].sort(),
    );
    for (const [name, text] of collection)
      expect(readFileSync(path.join(folder, name), 'utf8')).toBe(text);
  });

  it('has a request for each query and mutation of docs/operations', () => {
    const names = readdirSync(path.join(PROJECT_ROOT, 'docs', 'operations'))
      .map((file) => path.basename(file, '.graphql'))
      .filter((name) => name !== 'listenForNotifications');

    expect(requests.map((file) => path.basename(file, '.bru')).sort()).toEqual(
      names.sort(),
    );
    expect(requests[0]).toBe('logIn.bru');
    expect(requests.at(-1)).toBe('logOut.bru');
  });

  it.each(requests)('%s is read by Bruno and fits the schema', (file) => {
    const { meta, http, auth, body } = bruno.bruToJsonV2(fileOf(file));
    const { query, variables } = body.graphql;
    const document = parse(query);

    expect(meta).toMatchObject({ type: 'graphql' });
    expect(http).toMatchObject({
      method: 'post',
      url: '{{server}}/graphql',
      body: 'graphql',
    });
    if (file !== 'logIn.bru')
      expect(auth?.bearer.token).toBe('{{accessToken}}');
    expect(validate(schema, document)).toEqual([]);
    const [operation] = document.definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(query);
    const { errors } = getVariableValues(
      schema,
      operation.variableDefinitions ?? [],
      JSON.parse(variables) as Record<string, unknown>,
    );
    expect(errors).toBeUndefined();
    const names = environment.variables.map(({ name }) => name);
    for (const [, name] of variables.matchAll(/\{\{(\w+)\}\}/g))
      expect(names).toContain(name);
  });

  it('the login stores the token, and later answers replace it', () => {
    expect(bruno.bruToJsonV2(fileOf('logIn.bru')).script?.res).toContain(
      "bru.setVar('accessToken', login.accessToken)",
    );
    expect(
      bruno.collectionBruToJson(fileOf('collection.bru')).script?.res,
    ).toContain("bru.setVar('accessToken', renewed)");
  });
});
