import type {
  GraphQLField,
  GraphQLInputType,
  GraphQLOutputType,
  GraphQLSchema,
} from 'graphql';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  print,
  typeFromAST,
} from 'graphql';
import { firstExample } from './rules';

/** An operation with its variables as JSON; they are empty where it has none. */
export type Operation = { title: string; query: string; variables: string };

type Field = GraphQLField<unknown, unknown>;

/** Levels of objects within the answer of an example. */
const MAX_DEPTH = 3;

/** Most fields of one object in an example, so that its answer stays readable. */
const MAX_FIELDS = 8;

/**
 * Writes an operation that calls a root field with all its required arguments. Variables have the example
 * values of fields with the same name; ids are left empty.
 * @param kind `query`, `mutation` or `subscription`
 */
export function exampleOperation(
  schema: GraphQLSchema,
  kind: string,
  field: Field,
): Operation {
  const given = field.args.filter(
    ({ type, defaultValue }) =>
      isNonNullType(type) && defaultValue === undefined,
  );
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`);
  const passed = given.map(({ name }) => `${name}: $${name}`);
  const list = (entries: string[]) =>
    entries.length > 0 ? `(${entries.join(', ')})` : '';
  const name = `${field.name[0]?.toUpperCase() ?? ''}${field.name.slice(1)}`;
  const variables = Object.fromEntries(
    given.map(({ name, type }) => [name, exampleValue(schema, type, name)]),
  );
  return {
    title: field.name,
    query: print(
      parse(
        `${kind} ${name}${list(declared)} { ${field.name}${list(passed)} ${selection(field.type, MAX_DEPTH)} }`,
      ),
    ),
    variables: asJson(variables),
  };
}

/**
 * Completes a ready operation with variables: example values of all that it declares, as far as it needs them.
 * @param text with its title in the first line, as a comment
 */
export function readyOperation(schema: GraphQLSchema, text: string): Operation {
  const [title = ''] = text.split('\n', 1);
  const variables = Object.fromEntries(
    parse(text)
      .definitions.flatMap((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION
          ? (definition.variableDefinitions ?? [])
          : [],
      )
      .flatMap(({ variable, type }) => {
        const input = typeFromAST(schema, type);
        return isInputType(input) && isNonNullType(input)
          ? [
              [
                variable.name.value,
                exampleValue(schema, input, variable.name.value),
              ],
            ]
          : [];
      }),
  );
  return {
    title: title.replace(/^# */, '').replaceAll('`', ''),
    query: text.trimEnd(),
    variables: asJson(variables),
  };
}

/** Writes variables as JSON; nothing where there are none. */
const asJson = (variables: Record<string, unknown>) =>
  Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : '';

/** Selects the fields without required arguments; of objects on the last level only leaves. */
function selection(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (!isObjectType(named) && !isInterfaceType(named)) return '';
  const selected = Object.values(named.getFields())
    .filter(({ args, deprecationReason }) => {
      const needsArgument = args.some(
        (each) => isNonNullType(each.type) && each.defaultValue === undefined,
      );
      return !needsArgument && deprecationReason == null;
    })
    .flatMap((field) => {
      if (isLeafType(getNamedType(field.type))) return [field.name];
      const inner = depth > 1 ? selection(field.type, depth - 1) : '';
      // Objects of objects would multiply: only payloads, connections and edges lead on.
      return inner !== '' && /Payload$|Connection$|Edge$/.test(named.name)
        ? [`${field.name} ${inner}`]
        : [];
    })
    .slice(0, MAX_FIELDS);
  return selected.length > 0 ? `{ ${selected.join(' ')} }` : '{ __typename }';
}

function exampleValue(
  schema: GraphQLSchema,
  type: GraphQLInputType,
  name: string,
): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable))
    return [exampleValue(schema, nullable.ofType, name)];
  if (isInputObjectType(nullable))
    return Object.fromEntries(
      Object.values(nullable.getFields())
        .filter(
          (field) =>
            isNonNullType(field.type) ||
            // One of the ids of an input is needed, although none is required.
            (String(field.type) === 'ID' && field.deprecationReason == null),
        )
        .map((field) => [
          field.name,
          exampleValue(schema, field.type, field.name),
        ]),
    );
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  const example = exampleOfName(schema, name);
  if (String(nullable) === 'Int') return Number(example ?? 1);
  if (String(nullable) === 'Boolean') return true;
  if (String(nullable) === 'Date') return example ?? '2026-05-01';
  return String(nullable) === 'ID' ? '' : (example ?? '');
}

/** Returns an example value of an object's field with this name. */
const exampleOfName = (schema: GraphQLSchema, name: string) =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => type.getFields()[name] ?? [])
    .map((field) => firstExample(schema, field))
    .find((value) => value !== undefined);
