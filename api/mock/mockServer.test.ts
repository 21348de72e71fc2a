import type { AddressInfo } from 'node:net';
import { isObjectType } from 'graphql';
import { buildSchema } from '../graphql/schema';
import { listenIn, until } from '../testing/live';
import { extendSchema, PROJECT_SCHEMA, startMock } from '../testing/mockApi';
import {
  create,
  readItems,
  readWishes,
  SCHEMA,
  WISHES,
} from '../testing/wishes';
import { examplesOf } from './examples';
import { buildMockSchema } from './mockSchema';
import { openObjects } from './objects';

/** Builds the mock of a schema. @returns its warnings */
function build(schema: string): string[] {
  const warnings: string[] = [];
  buildMockSchema(
    schema,
    { objects: openObjects('/nowhere/objects.json'), order: {} },
    (sentence) => warnings.push(sentence),
  );
  return warnings;
}

/** Lists the messages of the mistakes with which a schema is refused. */
function mistakes(schema: string): string[] {
  try {
    build(schema);
    return [];
  } catch (error) {
    const errors = error instanceof AggregateError ? error.errors : [error];
    return errors.map((each) => (each as Error).message);
  }
}

describe('the mock server', () => {
  it('refuses fields with @requireUser without a login, and answers those with @public', async () => {
    const mock = await startMock(SCHEMA);
    const { anonymous } = mock;

    const refused = await anonymous.run(WISHES);
    const invalid = await mock.as({ accessToken: 'none' }).run(WISHES);
    const open = await anonymous.run('{ announcement }');

    expect([refused.status, refused.errors?.[0]?.extensions]).toEqual([
      401,
      { code: 'UNAUTHENTICATED', reason: 'NO_TOKEN' },
    ]);
    expect(invalid.errors?.[0]?.extensions.reason).toBe('TOKEN_INVALID');
    expect(open.data).toEqual({ announcement: 'Yard sale on Sunday' });
  });

  it('sets the cookie of a session at the log-in, and ends it with the log-out', async () => {
    const mock = await startMock(SCHEMA);
    const { http } = mock;
    const { accessToken } = await mock.logIn('ana');
    const login = await http.inject({
      method: 'POST',
      url: '/graphql',
      payload: {
        query:
          'mutation { login(input: { username: "ana", password: "good neighbors" }) { expiresIn } }',
      },
    });
    await mock.as({ accessToken }).run('mutation { logout { loggedOut } }');
    const after = await mock.as({ accessToken }).run(WISHES);

    expect(login.headers['set-cookie']).toMatch(/HttpOnly.*SameSite=Strict/i);
    expect(after.errors?.[0]?.extensions.reason).toBe('TOKEN_REVOKED');
  });

  it('counts the cost and the rate of fields that the API does not implement', async () => {
    const ana = await (await startMock(SCHEMA)).logIn('ana');
    const [item] = await readItems(ana);
    const rate = (name: string) =>
      `${name}: rateItem(input: { itemId: "${item?.id}", stars: 1 }) { item { id } }`;

    const expensive = await ana.run(`mutation { ${rate('a')} ${rate('b')} }`);
    const wish = { itemId: item?.id, title: 'A saw' };
    await create(ana, wish);
    await create(ana, wish);
    const tooMany = await ana.run(
      'mutation ($input: CreateWishInput!) { createWish(input: $input) { wish { id } } }',
      { input: wish },
    );

    expect(expensive.errors?.[0]?.extensions.code).toBe('QUERY_TOO_COMPLEX');
    expect(tooMany.errors?.[0]?.extensions.code).toBe('TOO_MANY_REQUESTS');
  });

  it('checks @constraint of inputs with a current validator, and names the others', async () => {
    const mock = await startMock(SCHEMA);
    const ana = await mock.logIn('ana');

    const { data } = await ana.run(
      'mutation ($input: UpdateRecipeInput!) { tidyRecipe(input: $input) { recipe { id } errors { code field } } }',
      { input: { id: 'any', title: ' ' } },
    );

    expect(data).toEqual({
      tidyRecipe: {
        recipe: null,
        errors: [{ code: 'INVALID', field: ['title'] }],
      },
    });
    expect(
      mock.warnings.map((warning) => /of (\w+)/.exec(warning)?.[1]),
    ).toEqual([
      'CreateWishInput',
      'DeleteWishInput',
      'RateItemInput',
      'RemoveItemInput',
      'CreateRecipeInput',
    ]);
  });

  it('emits events of a subscription that the API does not implement, until it is closed', async () => {
    const mock = await startMock(SCHEMA);
    const { accessToken } = await mock.logIn('ana');
    await mock.http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = mock.http.server.address() as AddressInfo;

    const listener = await listenIn<{
      wishMade: { id: string; title: string };
    }>(
      `ws://127.0.0.1:${port}/graphql`,
      accessToken,
      'subscription { wishMade { id title item { title } } }',
    );
    await until(() => listener.received.length === 2);
    await listener.stop();

    const ids = listener.received.map(({ wishMade }) => wishMade.id);
    expect(new Set(ids).size).toBe(2);
    expect(listener.error()).toBeUndefined();
  });

  it('takes a row that a mutation has removed out of lists', async () => {
    const ana = await (await startMock(SCHEMA)).logIn('ana');
    const [item] = await readItems(ana);
    const input = { id: item?.id };

    const { data } = await ana.run(
      'mutation ($input: RemoveItemInput!) { removeItem(input: $input) { item { id } errors { code } } }',
      { input },
    );

    expect(data).toEqual({ removeItem: { item: input, errors: [] } });
    expect(JSON.stringify(await readItems(ana))).not.toContain(item?.title);
    expect(
      (await ana.run('query ($id: ID!) { item(id: $id) { id } }', input)).data,
    ).toEqual({ item: null });
  });

  it('chooses among the rows that queries of their types find', async () => {
    const list = (type: string) => `
      "All." all${type}s(first: Int! = 50): ${type}Connection! @requireUser
        @listSize(slicingArguments: ["first"], sizedFields: ["edges"])`;
    const types = ['Item', 'Loan', 'Recipe'];
    const mock = await startMock(
      extendSchema({ Query: types.map(list).join('') }),
    );
    for (const name of ['ana', 'juno']) {
      const viewer = await mock.logIn(name);
      for (const type of types) {
        const { data } = await viewer.run<
          Record<string, { edges: { node: { id: string } }[] }>,
          object
        >(`{ all${type}s { edges { node { id } } } }`);
        const ids = data[`all${type}s`]?.edges.map(({ node }) => node.id) ?? [];
        expect(ids.length).toBeGreaterThan(1);
        for (const id of ids)
          expect(
            (
              await viewer.run(
                `{ found: ${type.toLowerCase()}(id: "${id}") { id } }`,
              )
            ).data,
          ).toEqual({ found: { id } });
      }
    }
  });

  it('finds objects of interfaces and unions', async () => {
    const ana = await (await startMock(SCHEMA)).logIn('ana');
    const [item] = await readItems(ana);
    const [edge] = (await readWishes(ana)).edges;

    const find = async (id?: string) =>
      (
        await ana.run(
          'query ($id: ID!) { thing(id: $id) { __typename id } node(id: $id) { __typename id } }',
          {
            id,
          },
        )
      ).data;
    const { data } = await ana.run(
      '{ news { __typename ... on Wish { title } ... on Recipe { title minutesToComplete } } }',
    );

    expect(await find(item?.id)).toEqual({
      thing: { __typename: 'Item', id: item?.id },
      node: { __typename: 'Item', id: item?.id },
    });
    expect(await find(edge?.node.id)).toEqual({
      thing: { __typename: 'Wish', id: edge?.node.id },
      node: { __typename: 'Wish', id: edge?.node.id },
    });
    expect(JSON.stringify(data)).toMatch(/"Wish".*"Recipe"|"Recipe".*"Wish"/);
  });
});

describe('the schema of the mock server', () => {
  it('builds while a field is renamed, and names the resolver that is left over', () => {
    const schema = PROJECT_SCHEMA.replace('  tools: [', '  gear: [').replace(
      '  myBlocks: [',
      '  blockedUsers: [',
    );

    expect(build(schema)).toEqual([
      'Query.myBlocks has a resolver, but is not in schema.graphql',
      'Recipe.tools has a resolver, but is not in schema.graphql',
    ]);
  });

  it('is refused with all its mistakes', () => {
    expect(
      mistakes(extendSchema({ Recipe: '"One." one: Strin! "Two." two: Itm' })),
    ).toEqual([
      'Unknown type "Strin". Did you mean "String"?',
      'Unknown type "Itm". Did you mean "Item", "ID", or "Int"?',
    ]);
    expect(mistakes(extendSchema({ Recipe: '"One." one: [String!' }))).toEqual([
      expect.stringContaining('Syntax Error'),
    ]);
    expect(mistakes(extendSchema({ Query: '"Hello." hello: String' }))).toEqual(
      [
        'Query.hello in schema.graphql must carry either @public or @requireUser',
      ],
    );
  });

  it('has examples that are values of their fields', () => {
    const schema = buildSchema();
    const found = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type))
      .flatMap((type) => Object.values(type.getFields()))
      .flatMap((field) => examplesOf(schema, field, '2026-05-03'));

    expect(found.length).toBeGreaterThan(100);
    // A start date, two days later.
    expect(found).toContain('2026-05-04');
  });
});
