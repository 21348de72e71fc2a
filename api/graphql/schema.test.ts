import { readFileSync } from 'node:fs';
import path from 'node:path';
import { getDirective } from '@graphql-tools/utils';
import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  buildSchema as parseSchema,
  execute,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  lexicographicSortSchema,
  parse,
  printSchema,
  type GraphQLSchema,
} from 'graphql';
import { PROJECT_ROOT } from '../config';
import { OPERATION_LIMITS } from './operationLimits';
import { describeRules } from './describeRules';
import { limitLists } from './limitLists';
import { assertResolved } from './resolved';
import { buildSchema } from './schema';
import { validateInput } from './validateInput';

const schema = buildSchema();
const fields = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
  .flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields()).map((field) => ({ type, field }))
      : [],
  );
/** List sizes of a field as declared in schema.graphql. */
const listSize = (field: (typeof fields)[number]['field']) =>
  getDirective(schema, field, 'listSize')?.[0] as
    | {
        assumedSize?: number;
        slicingArguments?: string[];
        sizedFields?: string[];
      }
    | undefined;

describe('the served schema', () => {
  it('the served schema is schema.graphql, with all its descriptions and the rules of its directives', () => {
    const written = parseSchema(
      readFileSync(path.join(PROJECT_ROOT, 'schema.graphql'), 'utf8'),
      { assumeValidSDL: true },
    );

    const sorted = (one: GraphQLSchema) =>
      printSchema(lexicographicSortSchema(one));
    expect(sorted(schema)).toBe(sorted(describeRules(written)));
  });

  it('every argument and input field with a text has a maximum length', () => {
    const inputs = Object.values(schema.getTypeMap())
      .filter(isInputObjectType)
      .flatMap((type) => Object.values(type.getFields()));
    const texts = [...inputs, ...fields.flatMap(({ field }) => field.args)]
      .filter(({ type }) => getNamedType(type).name === 'String')
      .map((each) => ({
        name: each.name,
        maxLength: getDirective(schema, each, 'constraint')?.[0]
          ?.maxLength as unknown,
      }));

    expect(texts.length).toBeGreaterThan(50);
    expect(
      texts.filter(
        ({ maxLength }) =>
          typeof maxLength !== 'number' || maxLength < 1 || maxLength > 10_000,
      ),
    ).toEqual([]);
  });

  it('a text without a maximum length is refused when the schema is built', () => {
    const open = parseSchema('type Query { find(words: [String!]): Int }');

    expect(() => validateInput(open)).toThrow('"words"');
  });

  it('every list of objects has a @listSize, except for UserError', () => {
    const isSized = (typeName: string, name: string) =>
      fields.some(
        ({ field }) =>
          getNamedType(field.type).name === typeName &&
          listSize(field)?.sizedFields?.includes(name),
      );
    const unsized = fields.filter(
      ({ type, field }) =>
        isListType(getNullableType(field.type)) &&
        isObjectType(getNamedType(field.type)) &&
        !listSize(field) &&
        !isSized(type.name, field.name),
    );

    const kinds = unsized.map(({ field }) => getNamedType(field.type).name);
    expect([...new Set(kinds)]).toEqual(['UserError']);
  });

  it('every other list has a @listSize, bounded values, or a weight of its own', () => {
    const unsized = fields.filter(
      ({ field }) =>
        isListType(getNullableType(field.type)) &&
        !isObjectType(getNamedType(field.type)) &&
        !isEnumType(getNamedType(field.type)) &&
        !listSize(field) &&
        !getDirective(schema, field, 'cost'),
    );

    // Path of an input field.
    expect(
      unsized.map(({ type, field }) => `${type.name}.${field.name}`),
    ).toEqual(['UserError.field']);
  });

  it('every list without arguments for its size ends after its assumedSize', async () => {
    const sizes = fields.flatMap(({ field }) => {
      const { assumedSize, slicingArguments } = listSize(field) ?? {};
      return assumedSize !== undefined && !slicingArguments
        ? [{ field, assumedSize }]
        : [];
    });
    const list = (count: number) => Array.from({ length: count }, () => 'x');
    const limited = limitLists(
      parseSchema(
        'directive @listSize(assumedSize: Int, slicingArguments: [String!]) on FIELD_DEFINITION ' +
          'type Query { few: [String] @listSize(assumedSize: 2) all: [String] }',
      ),
    );

    const answer = await execute({
      schema: limited,
      document: parse('{ few all }'),
      rootValue: { few: list(3), all: list(3) },
    });

    expect(answer.data).toEqual({ few: list(2), all: list(3) });
    expect(
      Object.fromEntries(
        sizes.map(({ field, assumedSize }) => [field.name, assumedSize]),
      ),
    ).toEqual({
      myMemberships: 20,
      myTasks: 25,
      myBlocks: 200,
      sessions: 100,
      topics: 6,
      devices: 20,
      invites: 100,
      photos: 6,
      viewerLoans: 20,
      equipment: 20,
      tools: 20,
      notifications: 200,
    });
  });

  it('a root field without a resolver is refused when the schema is built', () => {
    const unresolved = makeExecutableSchema({
      typeDefs:
        'type Query { known: Int forgotten: Int } type Subscription { news: Int }',
      resolvers: {
        Query: { known: () => 1 },
        Subscription: { news: { subscribe: () => null } },
      },
    });

    expect(() => {
      assertResolved(unresolved);
    }).toThrow(/^schema\.graphql:\d+ Query\.forgotten has no resolver$/);
    expect(() => {
      assertResolved(schema);
    }).not.toThrow();
  });

  it('every weight is a whole number, and every mutation costs at least 10', () => {
    const weights = fields.flatMap(({ type, field }) => {
      const isMutation = type === schema.getMutationType();
      const weight: unknown = getDirective(schema, field, 'cost')?.[0]?.weight;
      return isMutation || weight !== undefined
        ? [{ name: `${type.name}.${field.name}`, weight, isMutation }]
        : [];
    });
    const wrong = weights.filter(
      ({ weight, isMutation }) =>
        !/^\d+$/.test(String(weight)) || (isMutation && Number(weight) < 10),
    );

    expect(weights.length).toBeGreaterThan(60);
    expect(wrong).toEqual([]);
  });

  it('the schema and its scalars keep their description and specification', () => {
    expect(schema.description).toContain('Log in with the mutation `login`');
    expect(schema.getType('Date')).toMatchObject({
      specifiedByURL: 'https://scalars.graphql.org/andimarek/local-date.html',
    });
    expect(schema.getType('DateTime')).toMatchObject({
      specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
    });
  });

  it('fields that hash a password or mail a stranger cost more than half of the limit', () => {
    const heavy = fields.filter(
      ({ field }) =>
        Number(getDirective(schema, field, 'cost')?.[0]?.weight) >
        OPERATION_LIMITS.cost / 2,
    );

    expect(heavy.map(({ field }) => field.name).sort()).toEqual([
      'changeEmail',
      'changePassword',
      'deleteAccount',
      'login',
      'removeEmail',
      'requestPasswordReset',
      'resetPassword',
      'signUp',
    ]);
  });
});
