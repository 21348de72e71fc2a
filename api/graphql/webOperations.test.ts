import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, parse, validate, type OperationDefinitionNode } from 'graphql';
import { PROJECT_ROOT } from '../config';
import { buildSchema } from './schema';
import { measureOperation } from './operationLimits';

const WEB = path.join(PROJECT_ROOT, 'web');
/** Maximum cost of an operation of the app. Operations with a password (501), tasks and blocks come near it. */
const MAX_EXPECTED_COST = 700;
/** Value of all variables: the maximum page size, which also counts as true for @include. */
const LARGEST = 50;

/** All operations and fragments of the web app as one document. */
const document = parse(
  readdirSync(WEB, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test|\.d)\.tsx?$/.test(file))
    .filter((file) => !/^(generated|testing|browser)\b/.test(file))
    .flatMap((file) => {
      const source = readFileSync(path.join(WEB, file), 'utf8');
      return [...source.matchAll(/graphql\(\s*`([^`]+)`/g)];
    })
    // Apollo Client removes this directive before it sends an operation.
    .map(([, text]) => String(text).replaceAll(' @unmask', ''))
    .join('\n'),
);
const schema = buildSchema();

/** Returns variables that maximize the cost of an operation. */
const largest = ({ variableDefinitions = [] }: OperationDefinitionNode) =>
  Object.fromEntries(
    variableDefinitions.map(({ variable }) => [variable.name.value, LARGEST]),
  );

const operations = document.definitions
  .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  .map((operation) => ({
    name: String(operation.name?.value),
    ...measureOperation(schema, document, operation, largest(operation)),
  }))
  .sort((a, b) => b.cost - a.cost);

test('the operations of the web app are found and valid', () => {
  expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  expect(operations.length).toBeGreaterThan(50);
});

test.each(operations)(
  'the operation $name of the web app costs at most $cost, far below the limits',
  ({ cost, refusal }) => {
    expect(refusal).toBeNull();
    expect(cost).toBeLessThanOrEqual(MAX_EXPECTED_COST);
  },
);
