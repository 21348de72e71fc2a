import {
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type TypeNode,
} from 'graphql';
import { QueryTooComplex } from '../errors';
import { operationCost, type CostVariables } from './operationCost';
import { operationShape, type OperationShape } from './operationShape';

/** Limits of one operation, over HTTP and over sockets. */
export const OPERATION_LIMITS = {
  /** Also keeps nesting from overflowing the parser's stack. */
  tokens: 1000,
  depth: 10,
  aliases: 15,
  directives: 20,
  cost: 1000,
} as const;

/** Measured cost of an operation, before it runs. */
export type Measurement = {
  cost: number;
  /** Error with which it is refused; null if it may run. */
  refusal: QueryTooComplex | null;
};

/** Last measurement: the shape is constant, the cost holds for the same variables. */
type CachedMeasurement = { shape: OperationShape; key: string; cost: number };

const cache = new WeakMap<OperationDefinitionNode, CachedMeasurement>();

/**
 * Measures an operation with its variables. Apollo caches parsed documents, so a repeated operation
 * costs no further measurement.
 * @param document validated
 * @param variables as sent: a value of the wrong type never runs
 */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Measurement {
  const sizes = costVariables(operation, variables);
  const key = [...sizes.values()].join();
  let counted = cache.get(operation);
  if (counted?.key !== key) {
    const shape = counted?.shape ?? operationShape(document, operation);
    const cost = operationCost(schema, document, operation, sizes);
    counted = { shape, key, cost };
    cache.set(operation, counted);
  }
  return { cost: counted.cost, refusal: refusalOf(counted) };
}

function refusalOf({ shape, cost }: CachedMeasurement): QueryTooComplex | null {
  if (shape.depth > OPERATION_LIMITS.depth)
    return new QueryTooComplex('depth', shape.depth, OPERATION_LIMITS.depth);
  if (shape.aliases > OPERATION_LIMITS.aliases)
    return new QueryTooComplex(
      'number of aliases',
      shape.aliases,
      OPERATION_LIMITS.aliases,
    );
  if (shape.directives > OPERATION_LIMITS.directives)
    return new QueryTooComplex(
      'number of directives',
      shape.directives,
      OPERATION_LIMITS.directives,
    );
  return cost > OPERATION_LIMITS.cost
    ? new QueryTooComplex('cost', cost, OPERATION_LIMITS.cost)
    : null;
}

/** Collects the variables on which a cost can depend: list sizes, and `@skip` or `@include`. */
function costVariables(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Record<string, unknown>,
): CostVariables {
  const sizes = new Map<string, number | boolean | null>();
  for (const { type, variable, defaultValue } of variableDefinitions) {
    if (!['Int', 'Boolean'].includes(nameOf(type))) continue;
    const name = variable.name.value;
    const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const value: unknown =
      given === undefined && defaultValue
        ? valueFromASTUntyped(defaultValue)
        : given;
    const isPlain = typeof value === 'number' || typeof value === 'boolean';
    sizes.set(name, isPlain ? value : null);
  }
  return sizes;
}

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
