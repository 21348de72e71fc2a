import { getDirective } from '@graphql-tools/utils';
import {
  getNamedType,
  getNullableType,
  isListType,
  isScalarType,
  Kind,
  parseValue,
  valueFromAST,
  type GraphQLOutputType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  type ValueNode,
} from 'graphql';
import { addDays, countDays, type Day } from '../calendar';

/** Today in the values of `@example` in schema.graphql. */
const EXAMPLE_DAY: Day = '2026-05-01';

const DAY_MS = 86_400_000;

/**
 * Reads the values of a field's `@example`, with days and times moved as far as `today` is from the day of
 * the examples.
 * @returns an empty list where the field has none
 * @throws GraphQLError for a value that is none of the field's type
 */
export function examplesOf(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  today: Day,
): unknown[] {
  const { values = [] } = (getDirective(schema, field, 'example')?.[0] ??
    {}) as { values?: string[] };
  const days = countDays(EXAMPLE_DAY, today) - 1;
  return values.map((text) => {
    const value = valueFromAST(
      literalOf(text, field.type),
      // A leaf, or a list of leaves, is a type of input as well.
      field.type as GraphQLInputType,
    );
    if (value === undefined)
      throw new Error(
        `@example(values: ${JSON.stringify(values)}) of "${field.name}" in schema.graphql: ${text} is no ${String(field.type)}`,
      );
    return move(value, getNamedType(field.type).name, days);
  });
}

const literalOf = (text: string, type: GraphQLOutputType): ValueNode =>
  isTextual(type) ? { kind: Kind.STRING, value: text } : parseValue(text);

/** Numbers and booleans are the only scalars that are no texts. */
function isTextual(type: GraphQLOutputType): boolean {
  const { name } = getNamedType(type);
  return (
    !isListType(getNullableType(type)) &&
    isScalarType(getNamedType(type)) &&
    !['Int', 'Float', 'Boolean'].includes(name)
  );
}

function move(value: unknown, type: string, days: number): unknown {
  if (Array.isArray(value)) return value.map((each) => move(each, type, days));
  if (value instanceof Date) return new Date(value.getTime() + days * DAY_MS);
  return type === 'Date' ? addDays(String(value), days) : value;
}
