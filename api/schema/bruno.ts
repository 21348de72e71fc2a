import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  OperationTypeNode,
  parse,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { PROJECT_ROOT } from '../config';
import { readContract, SCHEMA_FILE } from './contract';

/** Folder of the collection, from the root of the project. */
export const BRUNO_FOLDER = 'docs/bruno';

/** Values that requests share. The data of `npm run seed` has this user. */
const SHARED = {
  server: 'http://localhost:4000',
  username: 'ana',
  password: 'good neighbors',
};
/** Day that stands for each date, until the reader writes another one. */
const ANY_DAY = '2030-06-01';
/** Requests that have a place in the order; the others are between them. */
const FIRST = ['logIn', 'whoAmI'];
const LAST = ['logOut'];

/** An operation of docs/operations. */
type Ready = { name: string; text: string; operation: OperationDefinitionNode };

/**
 * Writes the operations of docs/operations as a collection of Bruno. Subscriptions are left out, as its
 * requests of GraphQL go over HTTP.
 * @returns the text of each file by its name in the folder
 */
export function brunoCollection(root = PROJECT_ROOT): Map<string, string> {
  const { schema } = readContract(SCHEMA_FILE, root);
  const ready = readOperations(path.join(root, 'docs', 'operations'));
  const variables: Record<string, string> = { ...SHARED };
  const requests = ready.map((each, index): [string, string] => {
    const values = exampleVariables(schema, each, variables);
    return [`${each.name}.bru`, request(each, values, index + 1)];
  });
  const manifest = { version: '1', name: 'NeighborShare', type: 'collection' };
  return new Map([
    ['bruno.json', `${JSON.stringify(manifest, null, 2)}\n`],
    ['collection.bru', COLLECTION],
    [
      'environments/local.bru',
      block(
        'vars',
        Object.entries(variables).map(([name, value]) =>
          `${name}: ${value}`.trimEnd(),
        ),
      ),
    ],
    ...requests,
  ]);
}

function readOperations(folder: string): Ready[] {
  const place = ({ name }: Ready) =>
    FIRST.includes(name)
      ? FIRST.indexOf(name) - FIRST.length
      : LAST.indexOf(name) + 1;
  return readdirSync(folder)
    .sort()
    .flatMap((file): Ready[] => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      const [operation] = parse(text).definitions;
      if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
      if (operation.operation === OperationTypeNode.SUBSCRIPTION) return [];
      return [{ name: path.basename(file, '.graphql'), text, operation }];
    })
    .sort((one, other) => place(one) - place(other));
}

/**
 * Chooses values for the variables that an operation requires.
 * @param shared variables of the environment, to which ids and days are added
 */
function exampleVariables(
  schema: GraphQLSchema,
  { operation }: Ready,
  shared: Record<string, string>,
): object {
  const [field] = operation.selectionSet.selections;
  const root = field?.kind === Kind.FIELD ? field.name.value : '';
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, type }) => {
      const name = variable.name.value;
      const inputType = typeFromAST(schema, type) as
        GraphQLInputType | undefined;
      if (!inputType || !isNonNullType(inputType)) return [];
      // `item(id: $id)` shares its id with inputs that have an `itemId`.
      const sharedName = name === 'id' ? `${root}Id` : name;
      return [[name, exampleValue(inputType, sharedName, shared)]];
    }),
  );
}

function exampleValue(
  given: GraphQLInputType,
  name: string,
  shared: Record<string, string>,
): unknown {
  const type = getNullableType(given);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter(isRequiredInputField)
        .map((field) => [
          field.name,
          exampleValue(field.type, field.name, shared),
        ]),
    );
  if (type.name === 'Boolean') return false;
  if (type.name === 'Int' || type.name === 'Float') return 1;
  if (type.name === 'ID') shared[name] ??= '';
  if (type.name === 'Date') shared[name] ??= ANY_DAY;
  return name in shared ? `{{${name}}}` : 'An example';
}

const block = (name: string, lines: readonly string[]) =>
  `${name} {\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n}\n`;

const linesOf = (text: string) => text.trim().split('\n');

function request(
  { name, text }: Ready,
  variables: object,
  seq: number,
): string {
  const [sentence = '', ...document] = linesOf(text);
  const isLogin = name === 'logIn';
  const auth = isLogin ? 'none' : 'bearer';
  return [
    block('meta', [`name: ${name}`, 'type: graphql', `seq: ${seq}`]),
    block('post', [
      'url: {{server}}/graphql',
      'body: graphql',
      `auth: ${auth}`,
    ]),
    ...(isLogin ? [] : [block('auth:bearer', ['token: {{accessToken}}'])]),
    block('body:graphql', document),
    block('body:graphql:vars', linesOf(JSON.stringify(variables, null, 2))),
    ...(isLogin ? [block('script:post-response', STORE_LOGIN)] : []),
    block('docs', [isLogin ? LOGIN_DOCS : sentence.replace(/^# /, '')]),
  ].join('\n');
}

const LOGIN_DOCS =
  'Log in as the user of the environment. The other requests use the token.';

const STORE_LOGIN = [
  'const login = res.body.data?.login;',
  "if (login) bru.setVar('accessToken', login.accessToken);",
];

/** Settings of all requests: the name of the client, and the renewal of a token that is in use. */
const COLLECTION = [
  block('headers', [
    'apollographql-client-name: bruno',
    'apollographql-client-version: 1',
  ]),
  block('script:post-response', [
    'const renewed = res.body.extensions?.auth?.accessToken;',
    "if (renewed) bru.setVar('accessToken', renewed);",
  ]),
].join('\n');

/** Writes the collection. Files of operations that are gone are for the author to delete. */
function main(): void {
  for (const [name, text] of brunoCollection()) {
    const file = path.join(PROJECT_ROOT, BRUNO_FOLDER, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

if (require.main === module) main();
