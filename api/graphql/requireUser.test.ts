import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isCompositeType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import { getDirective } from '@graphql-tools/utils';
import { buildSchema } from './schema';
import { testApp } from '../testing/testApp';
import { assertClassified } from './requireUser';

const schema = buildSchema();

const rootFields = ['Query', 'Mutation'].flatMap((type) => {
  const root = schema.getType(type);
  return isObjectType(root)
    ? Object.values(root.getFields()).map((field) => ({ type, field }))
    : [];
});

/** Returns a valid GraphQL literal of the type. */
function literal(type: GraphQLInputType): string {
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    const required = Object.values(named.getFields()).filter((field) =>
      isNonNullType(field.type),
    );
    return `{${required.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')}}`;
  }
  if (isEnumType(named)) return named.getValues()[0]?.name ?? '';
  if (named.name === 'Date') return '"2026-05-01"';
  if (named.name === 'Boolean') return 'true';
  return named.name === 'Int' ? '1' : '"x"';
}

/** Returns the shortest operation that selects the field. */
function call(type: string, field: GraphQLField<unknown, unknown>): string {
  const args = field.args
    .filter((arg) => isNonNullType(arg.type))
    .map((arg) => `${arg.name}: ${literal(arg.type)}`);
  const selection = isCompositeType(getNamedType(field.type))
    ? '{ __typename }'
    : '';
  return `${type.toLowerCase()} { ${field.name}${args.length ? `(${args.join(', ')})` : ''} ${selection} }`;
}

const protectedFields = rootFields.filter(({ field }) =>
  getDirective(schema, field, 'requireUser'),
);
const publicFields = rootFields.filter(({ field }) =>
  getDirective(schema, field, 'public'),
);

describe('requests without a login', () => {
  it('every root field is either @public or @requireUser', () => {
    expect(publicFields.map(({ field }) => field.name).sort()).toEqual([
      'answerLink',
      'answerLoan',
      'invite',
      'login',
      'logout',
      'renewSession',
      'requestPasswordReset',
      'resetPassword',
      'signUp',
      'unsubscribe',
      'verifyEmail',
    ]);
    expect(protectedFields.length + publicFields.length).toBe(
      rootFields.length,
    );
    expect(protectedFields.length).toBeGreaterThan(0);
  });

  it.each(
    protectedFields.map(({ type, field }) => [
      `${type}.${field.name}`,
      call(type, field),
    ]),
  )('%s is refused with 401 before anything runs', async (_, operation) => {
    const api = await testApp();
    api.statements.length = 0;

    const answer = await api.anonymous.run(operation);

    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer realm="neighborshare"',
    );
    expect(JSON.parse(answer.body)).toEqual({
      errors: [
        {
          message: expect.any(String) as string,
          extensions: { code: 'UNAUTHENTICATED', reason: 'NO_TOKEN' },
        },
      ],
      extensions: { cost: expect.any(Object) as object },
    });
    expect(api.statements).toEqual([]);
  });

  it.each(
    publicFields.map(({ type, field }) => [
      `${type}.${field.name}`,
      call(type, field),
    ]),
  )('%s is public', async (_, operation) => {
    const api = await testApp();

    const answer = await api.anonymous.run(operation);

    for (const { extensions } of answer.errors ?? [])
      expect(extensions.code).toBe('INVALID_CREDENTIALS');
  });

  it.each([
    'query { ...F } fragment F on Query { me { id } }',
    'query { ... on Query { me { id } } }',
    'query { ... { ... { me { id } } } }',
    'query { __typename me { id } }',
    'query ($skip: Boolean = false) { me @skip(if: $skip) { id } }',
    'query { ...F ...F } fragment F on Query { ...G ...G } fragment G on Query { me { id } }',
    'query { a: me { id } b: recipes(neighborhoodId: "x") { edges { cursor } } }',
    'mutation { logout @skip(if: true) { loggedOut } deleteRecipe(input: {recipeId: "x"}) { errors { code } } }',
  ])(
    'an operation with a protected root field is refused as a whole: %s',
    async (operation) => {
      const api = await testApp();

      const answer = await api.anonymous.run(operation);

      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.body)).not.toHaveProperty('data');
    },
  );

  it('exponentially nested fragments are refused without expanding them', async () => {
    const api = await testApp();
    const fragments = Array.from(
      { length: 40 },
      (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`,
    );

    // Expanded, these would be 2 to the power of 40 spreads.
    const answer = await api.anonymous.run(
      `{ ...F0 } ${fragments.join(' ')} fragment F40 on Query { me { id } }`,
    );

    expect(answer.status).toBe(401);
  });

  it('a missing variable is reported by its name', async () => {
    const api = await testApp();

    const answer = await api.anonymous.run(
      'query ($skip: Boolean!) { me @skip(if: $skip) { id } }',
    );

    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]).toMatchObject({
      message: expect.stringContaining('$skip') as string,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('the public fields of a mutation are answered when another field requires a login', async () => {
    const api = await testApp();

    const answer = await api.anonymous.run(
      'mutation { logout { loggedOut } deleteRecipe(input: {recipeId: "x"}) { errors { code } } }',
    );

    expect(answer.status).toBe(200);
    expect(answer.data).toEqual({
      logout: { loggedOut: false },
      deleteRecipe: null,
    });
    expect(answer.errors).toMatchObject([
      {
        path: ['deleteRecipe'],
        extensions: { code: 'UNAUTHENTICATED', reason: 'NO_TOKEN' },
      },
    ]);
  });

  it('an invalid token is reported in the extensions of a public operation, which still runs', async () => {
    const api = await testApp();

    const answer = await api
      .as({ accessToken: 'made.up.token' })
      .run('mutation { renewSession { accessToken } }');

    expect(answer.status).toBe(200);
    expect(answer.extensions.auth).toEqual({ reason: 'TOKEN_INVALID' });
  });
});

describe('the Authorization header', () => {
  it.each<[string, string, number, string]>([
    ['no content', '', 401, 'NO_TOKEN'],
    ['another scheme', 'Basic YW5hOmFuYQ==', 401, 'NO_TOKEN'],
    ['the token without its scheme', 'ey.ey.ey', 401, 'NO_TOKEN'],
    ['no token after Bearer', 'Bearer', 400, 'BAD_HEADER'],
    ['only spaces after Bearer', 'Bearer   ', 400, 'BAD_HEADER'],
    ['two tokens', 'Bearer one two', 400, 'BAD_HEADER'],
    ['a made-up token', 'Bearer nonsense', 401, 'TOKEN_INVALID'],
    [
      'a made-up token after a lower-case scheme',
      'bEARER nonsense',
      401,
      'TOKEN_INVALID',
    ],
  ])(
    'an Authorization header with %s is answered by RFC 6750',
    async (_, authorization, status, reason) => {
      const api = await testApp();

      const answer = await api
        .withHeaders({ authorization })
        .run('{ me { id } }');

      expect(answer.status).toBe(status);
      expect(answer.errors?.[0]?.extensions).toEqual({
        code: 'UNAUTHENTICATED',
        reason,
      });
      const error = { NO_TOKEN: '', BAD_HEADER: ', error="invalid_request"' }[
        reason
      ];
      expect(answer.headers['www-authenticate']).toBe(
        `Bearer realm="neighborshare"${error ?? ', error="invalid_token"'}`,
      );
    },
  );
});

describe('assertClassified', () => {
  const directives =
    'directive @public on FIELD_DEFINITION directive @requireUser on FIELD_DEFINITION';

  it.each([
    [
      'has neither directive',
      'type Query { open: Int @public secret: Int }',
      'Query.secret',
    ],
    [
      'has both directives',
      'type Query { secret: Int @public @requireUser }',
      'Query.secret',
    ],
    [
      'of Mutation has neither directive',
      'type Query { open: Int @public } type Mutation { change: Int }',
      'Mutation.change',
    ],
    [
      'of Subscription has neither directive',
      'type Query { open: Int @public } type Subscription { news: Int }',
      'Subscription.news',
    ],
  ])('the schema cannot be built when a field %s', (_, types, name) => {
    const unclassified = makeExecutableSchema({
      typeDefs: [directives, types],
    });

    expect(() => {
      assertClassified(unclassified);
    }).toThrow(name);
  });
});
