import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getDirective } from '@graphql-tools/utils';
import {
  buildSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  getNamedType,
  type DocumentNode,
  type GraphQLNamedType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { PROJECT_ROOT } from '../config';

/** Folder to which the test files of a run write what they have covered. */
export const COVERAGE_FOLDER = path.join(PROJECT_ROOT, 'coverage', 'contract');

/**
 * The parts of the contract that tests have seen: `Recipe.title` for a field in a response,
 * `Mutation.createRecipe INVALID` for an error of a payload, `UNAUTHENTICATED` for a top-level error, and
 * the path of each test file that has run.
 */
const facts = new Set<string>();

/** Records a fact. */
export const recordFact = (fact: string): void => void facts.add(fact);

/** Adds the facts of this test file to those of the run. */
export function writeFacts(): void {
  if (facts.size === 0 || !existsSync(COVERAGE_FOLDER)) return;
  const file = path.join(COVERAGE_FOLDER, `${process.pid}.txt`);
  appendFileSync(file, [...facts].map((fact) => `${fact}\n`).join(''));
  facts.clear();
}

let cachedSchema: ReturnType<typeof buildSchema> | undefined;
const schemaOf = () =>
  (cachedSchema ??= buildSchema(
    readFileSync(path.join(PROJECT_ROOT, 'schema.graphql'), 'utf8'),
  ));

/** Response of the API, or a part of it. */
type Answer = {
  data?: unknown;
  errors?: readonly { extensions?: { code?: unknown } }[];
};

/** Records the fields and errors of a response. */
export function recordResponse(query: string, { data, errors }: Answer) {
  for (const { extensions } of errors ?? [])
    recordFact(String(extensions?.code));
  const document = data === undefined ? null : parsed(query);
  const operation = document?.definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (document && operation) recordFields(document, operation, data);
}

/** Records the errors of a failed response; its body need not be one of GraphQL. */
export function recordFailure(body: string): void {
  if (body.startsWith('{"errors"'))
    recordResponse('', JSON.parse(body) as Answer);
}

function parsed(query: string): DocumentNode | null {
  try {
    return parse(query, { noLocation: true });
  } catch {
    // Tests also send what is not GraphQL.
    return null;
  }
}

/**
 * Returns a function that gives the selections of a fragment on a value, and null the next time: the fragment
 * then shows nothing new, and may expand exponentially.
 */
function createSpreads({ definitions }: DocumentNode) {
  const spread = new Map<string, WeakSet<object>>();
  return (name: string, value: object): SelectionSetNode | null => {
    const values = spread.get(name) ?? new WeakSet();
    spread.set(name, values);
    if (values.has(value)) return null;
    values.add(value);
    const fragment = definitions
      .filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
      .find((each) => each.name.value === name);
    return fragment?.selectionSet ?? null;
  };
}

function recordFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  data: unknown,
): void {
  const schema = schemaOf();
  const spread = createSpreads(document);
  const visit = (
    set: SelectionSetNode | null,
    type: GraphQLNamedType | undefined,
    value: unknown,
  ): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(set, type, each);
      return;
    }
    if (!isRecord(value) || !type) return;
    const actual =
      typeof value.__typename === 'string'
        ? schema.getType(value.__typename)
        : type;
    for (const selection of set?.selections ?? [])
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        visit(spread(selection.name.value, value), actual, value);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        visit(selection.selectionSet, actual, value);
      else {
        const name = selection.name.value;
        const field =
          isObjectType(actual) || isInterfaceType(actual)
            ? actual.getFields()[name]
            : undefined;
        const part = value[selection.alias?.value ?? name];
        if (!field || part === undefined) continue;
        recordFact(`${actual?.name}.${name}`);
        if (actual === schema.getMutationType()) recordUserErrors(name, part);
        const kind = getNamedType(field.type);
        if (selection.selectionSet && isCompositeType(kind))
          visit(selection.selectionSet, kind, part);
      }
  };
  visit(
    operation.selectionSet,
    schema.getRootType(operation.operation) ?? undefined,
    data,
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** @throws Error for a code that the mutation's `@errors` does not have */
function recordUserErrors(mutation: string, payload: unknown): void {
  if (!isRecord(payload) || !Array.isArray(payload.errors)) return;
  for (const error of payload.errors) {
    if (!isRecord(error) || typeof error.code !== 'string') continue;
    if (!declaredCodes(mutation).includes(error.code))
      throw new Error(
        `Mutation.${mutation} gave the error ${error.code}, which its @errors in schema.graphql does not have`,
      );
    recordFact(`Mutation.${mutation} ${error.code}`);
  }
}

/** Returns the codes of a mutation's `@errors`. */
export function declaredCodes(mutation: string): readonly string[] {
  const field = schemaOf().getMutationType()?.getFields()[mutation];
  const [directive] = field
    ? (getDirective(schemaOf(), field, 'errors') ?? [])
    : [];
  return (directive?.codes ?? []) as readonly string[];
}
