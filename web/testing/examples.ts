import {
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
  Kind,
  parseValue,
  valueFromAST,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';

/** Values of scalars without an example. Today is the day of the examples in schema.graphql. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  Boolean: false,
  Int: 1,
  Float: 1,
  String: 'A text',
  ID: 'some-id',
  Date: '2026-05-01',
  DateTime: '2026-05-01T12:00:00.000Z',
};

/**
 * Returns a value for a field that an answer leaves out and that cannot be null: the first of its `@example`,
 * else one of its type. An object is empty, so that its fields are asked for in turn.
 */
export function exampleOf(field: GraphQLField<unknown, unknown>): unknown {
  const { type } = field;
  if (!isNonNullType(type)) return null;
  const [text] = examplesOf(field);
  if (text === undefined) return valueOfType(type.ofType);
  return isTextual(type.ofType)
    ? text
    : // A leaf, or a list of leaves, is a type of input as well.
      valueFromAST(parseValue(text), type as GraphQLInputType);
}

/** Reads the values of a field's `@example`. */
function examplesOf({ astNode }: GraphQLField<unknown, unknown>): string[] {
  const values = astNode?.directives?.find(
    ({ name }) => name.value === 'example',
  )?.arguments?.[0]?.value;
  return values?.kind === Kind.LIST
    ? values.values.flatMap((value) =>
        value.kind === Kind.STRING ? [value.value] : [],
      )
    : [];
}

/** Numbers and booleans are the only scalars whose examples are no texts. */
const isTextual = (type: GraphQLOutputType) =>
  isScalarType(type) && !['Int', 'Float', 'Boolean'].includes(type.name);

function valueOfType(type: GraphQLOutputType): unknown {
  if (isListType(type)) return [];
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.value;
  return isScalarType(named) ? DEFAULTS[named.name] : {};
}
