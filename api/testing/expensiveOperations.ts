import {
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  isRequiredArgument,
  parse,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { addDays, dayIn } from '../calendar';
import { measureOperation, OPERATION_LIMITS } from '../graphql/operationLimits';

/** Values of arguments by their name, such as ids that exist. */
export type KnownValues = Record<string, readonly string[]>;

/** How many times an operation is drawn again where it exceeds a limit. */
const MAX_DRAWS = 40;
/** Sizes of pages in generated operations. */
const PAGE_SIZES = [1, 3, 8, 20, 50];

/** Creates a generator of numbers from 0 to 1 (mulberry32), the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Generates queries that are as expensive as the limits let through: every leaf of every object, random
 * objects below it, aliases of random fields, and the largest pages that still pass.
 * @returns each operation once, the most expensive by its cost first
 */
export function expensiveOperations(
  schema: GraphQLSchema,
  known: KnownValues,
  count: number,
  random: () => number,
): string[] {
  const roots = fieldsOf(schema.getQueryType());
  const operations = new Map<string, number>();
  for (let n = 0; n < count; n += 1)
    for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
      const root = pick(roots, random);
      // The later a draw, the smaller: few large ones pass.
      const appetite = 1 - draw / MAX_DRAWS;
      const query = `{ ${drawField(root, { known, random, appetite, aliases: { left: random() < 0.5 ? OPERATION_LIMITS.aliases : 0 } }, OPERATION_LIMITS.depth)} }`;
      const cost = acceptedCost(schema, query);
      if (cost === null) continue;
      operations.set(query, cost);
      break;
    }
  return [...operations]
    .sort(([, a], [, b]) => b - a)
    .map(([operation]) => operation);
}

type Draw = {
  known: KnownValues;
  random: () => number;
  /** Likelihood that an object is selected, from 0 to 1. */
  appetite: number;
  aliases: { left: number };
};

function drawField(
  field: GraphQLField<unknown, unknown>,
  draw: Draw,
  depth: number,
): string {
  const type = getNamedType(field.type);
  const within = isObjectType(type) ? selection(type, draw, depth - 1) : '';
  const once = (alias: string) =>
    `${alias}${field.name}${argumentsOf(field, draw)} ${within}`;
  const copies = [once('')];
  // A list of objects multiplies by itself; other fields are repeated.
  if (!isListType(getNullableType(field.type)))
    while (draw.aliases.left > 0 && draw.random() < 0.3)
      copies.push(once(`a${draw.aliases.left--}: `));
  return copies.join(' ');
}

/** Selects every leaf of a type, and random objects. */
function selection(type: GraphQLObjectType, draw: Draw, depth: number): string {
  const isLeaf = (field: GraphQLField<unknown, unknown>) =>
    !isObjectType(getNamedType(field.type));
  const isConnection = /(Connection|Edge)$/.test(type.name);
  const fields = fieldsOf(type).filter(
    (field) =>
      isLeaf(field) ||
      (depth > 1 &&
        (isConnection || draw.random() < draw.appetite * draw.appetite)),
  );
  // With the objects first, aliases go to what multiplies the most.
  const parts = fields
    .sort((a, b) => Number(isLeaf(a)) - Number(isLeaf(b)))
    .map((field) => drawField(field, draw, depth));
  return `{ __typename ${parts.join(' ')} }`;
}

function argumentsOf(
  { args }: GraphQLField<unknown, unknown>,
  { known, random }: Draw,
): string {
  const written = args.flatMap((arg) => {
    const value = argumentValue(arg, known, random);
    return value === null ? [] : `${arg.name}: ${value}`;
  });
  return written.length > 0 ? `(${written.join(', ')})` : '';
}

function argumentValue(
  arg: GraphQLArgument,
  known: KnownValues,
  random: () => number,
): string | null {
  if (arg.name === 'first') return String(pick(PAGE_SIZES, random));
  const today = dayIn('UTC', new Date());
  if (arg.name === 'from')
    return JSON.stringify(addDays(today, -Math.floor(random() * 30)));
  if (arg.name === 'to') return JSON.stringify(addDays(today, 330));
  const values = known[arg.name];
  if (values && (isRequiredArgument(arg) || random() < 0.3))
    return JSON.stringify(pick(values, random));
  return isRequiredArgument(arg) ? '"x"' : null;
}

/** Returns the cost of an operation; null where it exceeds a limit. */
function acceptedCost(schema: GraphQLSchema, query: string): number | null {
  try {
    const document = parse(query, { maxTokens: OPERATION_LIMITS.tokens });
    const [operation] = document.definitions;
    const { cost, refusal } = measureOperation(
      schema,
      document,
      operation as OperationDefinitionNode,
      {},
    );
    return refusal ? null : cost;
  } catch {
    // More tokens than allowed.
    return null;
  }
}

const fieldsOf = (type: GraphQLObjectType | null | undefined) =>
  Object.values(type?.getFields() ?? {}) as GraphQLField<unknown, unknown>[];

function pick<T>(values: readonly T[], random: () => number): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('Nothing to pick from');
  return value;
}
