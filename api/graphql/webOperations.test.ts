import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, parse, validate, type OperationDefinitionNode } from 'graphql';
import { PROJECT_ROOT } from '../config';
import { buildSchema } from './schema';
import { measureOperation } from './operationLimits';

const WEB = path.join(PROJECT_ROOT, 'web');
/** Whoever sends a password pays 501 for it; nothing else comes near that. */
const MOST_EXPECTED = 550;
/** The longest page that the API gives, and no condition under which something is skipped. */
const LARGEST = 50;

/** Everything that the web app asks for, as one document: its fragments have names of their own. */
const document = parse(
  readdirSync(WEB, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test|\.d)\.tsx?$/.test(file))
    .filter((file) => !/^(generated|testing|browser)\b/.test(file))
    .flatMap((file) => {
      const source = readFileSync(path.join(WEB, file), 'utf8');
      return [...source.matchAll(/gql`([^`]+)`/g)];
    })
    .map(([, text]) => String(text).replace(/\$\{\w+\}/g, ''))
    .join('\n'),
);
const schema = buildSchema();

/** The most that its variables can make of it. */
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

test('what the web app asks for is found, and fits the schema', () => {
  expect(validate(schema, document)).toEqual([]);
  expect(operations.length).toBeGreaterThan(50);
});

test.each(operations)(
  'the web app’s $name, which costs $cost at the most, keeps far from the limits',
  ({ cost, refusal }) => {
    expect(refusal).toBeNull();
    expect(cost).toBeLessThanOrEqual(MOST_EXPECTED);
  },
);
