import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { addDays, dayIn } from '../calendar';

/** Request of an attacker. */
export type Attempt = {
  method: 'GET' | 'POST';
  contentType: string;
  /** Kind of the token that is sent. */
  token: 'none' | 'theirs' | 'nonsense';
  body: string | Buffer;
};

/** Depth of the selections in generated operations. */
const DEPTH = 3;

/** Strings that are known to break programs. */
const texts = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    '\u202e',
    "' or 1=1 --",
    '"; drop table users; --',
    '%',
    '_',
    '*',
    '"',
    '\\',
    'NEAR(',
    'a AND OR NOT',
    '${7*7}',
    '{{7*7}}',
    '../../etc/passwd',
    '__proto__',
    'constructor',
    '<script>',
    'a@b.example\r\nBcc: c@d.example',
    '2026-02-30',
    '2026-11-26',
    '9999-12-31',
    '0000-00-00',
    '2026-11-26T10:00:00Z',
    '😀'.repeat(200),
    'x'.repeat(20_000),
  ),
);

const numbers = fc.oneof(
  fc.integer({ min: -3, max: 60 }),
  fc.constantFrom(2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53, 0.5, -0, 1e308),
);

/** Dates from a few years ago to a few years ahead. */
const days = fc
  .integer({ min: -1000, max: 1000 })
  .map((days) => addDays(dayIn('UTC', new Date()), days));

/** Generates operations of a schema with arbitrary values, in request bodies that are often damaged. */
export function attempts(
  schema: GraphQLSchema,
  ids: readonly string[],
): fc.Arbitrary<Attempt> {
  const valueOf = (type: GraphQLInputType, depth = 0): fc.Arbitrary<unknown> =>
    fc.oneof(
      { weight: 50, arbitrary: fitting(getNullableType(type), depth) },
      fc.constant(null),
      fc.jsonValue({ maxDepth: 2 }),
    );

  function fitting(
    type: GraphQLInputType,
    depth: number,
  ): fc.Arbitrary<unknown> {
    if (isListType(type))
      return fc.array(valueOf(type.ofType, depth), {
        maxLength: 3,
      });
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      return fc.record(
        Object.fromEntries(
          fields.map((field) => [field.name, valueOf(field.type, depth + 1)]),
        ),
        {
          requiredKeys: fields
            .filter(({ type }) => isNonNullType(type))
            .map(({ name }) => name),
        },
      );
    }
    if (isEnumType(type))
      return fc.constantFrom(...type.getValues().map(({ name }) => name));
    const { name } = getNamedType(type);
    if (name === 'Int') return numbers;
    if (name === 'Boolean') return fc.boolean();
    if (name === 'Date') return days;
    if (name === 'ID')
      return fc.oneof(fc.constantFrom(...ids), fc.uuid(), texts);
    return texts;
  }

  const call = (
    operation: 'query' | 'mutation',
    field: GraphQLField<unknown, unknown>,
  ) =>
    fc
      .record(
        Object.fromEntries(
          field.args.map((arg: GraphQLArgument) => [
            arg.name,
            valueOf(arg.type),
          ]),
        ),
        {
          requiredKeys: field.args
            .filter(isRequiredArgument)
            .map(({ name }) => name),
        },
      )
      .map((variables) => ({ query: document(operation, field), variables }));

  const roots = [
    ...fieldsOf(schema.getQueryType()).map((field) => call('query', field)),
    ...fieldsOf(schema.getMutationType()).map((field) =>
      call('mutation', field),
    ),
  ];
  const operations = fc.oneof(...roots);
  const bodies = fc.oneof(
    { weight: 12, arbitrary: operations.map((sent) => JSON.stringify(sent)) },
    {
      weight: 5,
      arbitrary: damaged(operations.map(({ query }) => query)).map((query) =>
        JSON.stringify({ query }),
      ),
    },
    {
      weight: 3,
      arbitrary: damaged(operations.map((sent) => JSON.stringify(sent))),
    },
    fc
      .record({
        query: texts,
        operationName: texts,
        extensions: fc.jsonValue(),
      })
      .map((sent) => JSON.stringify(sent)),
    fc.json(),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  );
  return fc.record({
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constant('POST' as const) },
      fc.constant('GET' as const),
    ),
    contentType: fc.oneof(
      { weight: 40, arbitrary: fc.constant('application/json') },
      fc.constantFrom(
        'text/plain',
        'application/graphql',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/json; charset=utf-16',
      ),
    ),
    token: fc.constantFrom<Attempt['token']>(
      'theirs',
      'theirs',
      'none',
      'nonsense',
    ),
    body: bodies,
  });
}

const fieldsOf = (type: GraphQLObjectType | null | undefined) =>
  Object.values(type?.getFields() ?? {}) as GraphQLField<unknown, unknown>[];

/** Removes, doubles or replaces a piece of a text. The result is rarely valid, but sometimes is. */
const damaged = (whole: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(whole, fc.nat(), fc.nat({ max: 20 }), fc.nat({ max: 2 }), texts)
    .map(([text, at, length, how, piece]) => {
      const start = at % (text.length + 1);
      const taken = text.slice(start, start + length);
      const instead = ['', taken + taken, piece][how] ?? '';
      return text.slice(0, start) + instead + text.slice(start + length);
    });

/** Generates an operation with this field, its arguments as variables, and a selection. */
function document(
  operation: 'query' | 'mutation',
  field: GraphQLField<unknown, unknown>,
): string {
  const declared = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`);
  const passed = field.args.map(({ name }) => `${name}: $${name}`);
  const inParentheses = (parts: string[]) =>
    parts.length > 0 ? `(${parts.join(', ')})` : '';
  return `${operation} Attempt${inParentheses(declared)} { ${field.name}${inParentheses(passed)} ${selection(field, DEPTH)} }`;
}

function selection(
  field: GraphQLField<unknown, unknown>,
  depth: number,
): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return '';
  const parts = fieldsOf(type)
    .filter(({ args }) => !args.some(isRequiredArgument))
    .filter((each) => depth > 1 || !isObjectType(getNamedType(each.type)))
    .map((each) => `${each.name} ${selection(each, depth - 1)}`);
  return `{ __typename ${parts.join(' ')} }`;
}
