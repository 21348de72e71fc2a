import { getIntrospectionQuery } from 'graphql';
import { buildPerson } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { CreateRecipe, Login } from '../testing/operations';
import { testApp, type Answer } from '../testing/testApp';

/** Fields within each other, as `{ me { id } }`. */
const nested = (...names: string[]) =>
  names.reduceRight((inner, name) => `{ ${name} ${inner} }`, '');

/** Eight levels. */
const DEEP = [
  'myMemberships',
  ...Array.from({ length: 3 }, () => ['neighborhood', 'viewerMembership']),
  'user',
].flat();

const repeated = (times: number, part: (index: number) => string) =>
  Array.from({ length: times }, (_, index) => part(index)).join(' ');

/** Fragments each of which spreads the next one in several places: written out they never end. */
const bomb = (body: (next: string) => string) =>
  `${repeated(30, (i) => `fragment F${i} on User { ${body(`...F${i + 1}`)} }`)}
   fragment F30 on User { name }`;

const LOGIN =
  'login(input: {username: "ana", password: "good neighbors"}) { expiresIn }';
const SIGN_UP =
  'signUp(input: {username: "eve", password: "good neighbors", name: "Eve"}) { expiresIn }';

function expectTooComplex(answer: Answer<unknown>, what: string): void {
  expect(answer.status).toBe(400);
  expect(answer.errors).toEqual([
    {
      message: `This asks for too much at once: its ${what} at most`,
      extensions: { code: 'QUERY_TOO_COMPLEX' },
    },
  ]);
  expect(() => answer.data).toThrow('No data');
}

/** A street with one item, and who lives there. */
async function buildStreet() {
  const api = await testApp();
  const ana = await buildPerson(api, 'ana');
  const street = await buildNeighborhood(api, ana);
  await buildItem(api, street, ana);
  api.statements.length = 0;
  return { api, ana: api.as(ana), street: street.id };
}

describe('an operation', () => {
  it('an operation may be ten levels deep', async () => {
    const { ana } = await buildStreet();

    const ten = await ana.run(nested(...DEEP, 'photo', 'id'));
    const eleven = await ana.run(
      `${nested(...DEEP.slice(0, 7), '...A')}
       fragment A on Membership ${nested('neighborhood', 'invites', 'createdBy', 'id')}`,
    );

    expect(ten.errors).toBeUndefined();
    expectTooComplex(eleven, 'depth is 11, and may be 10');
  });

  it('an operation may have fifteen aliases', async () => {
    const { ana } = await buildStreet();

    const fifteen = await ana.run(
      `{ me { ${repeated(15, (i) => `a${i}: name`)} } }`,
    );
    const sixteen = await ana.run(
      `{ me { ...Eight } you: me { ...Eight } }
       fragment Eight on User { ${repeated(8, (i) => `a${i}: name`)} }`,
    );

    expect(fifteen.errors).toBeUndefined();
    expectTooComplex(sixteen, 'number of aliases is 17, and may be 15');
  });

  it('an operation may have twenty directives', async () => {
    const { ana } = await buildStreet();
    const fields = repeated(10, () => 'name @skip(if: false)');
    const asked = (more: string) =>
      `{ me { ...Ten @include(if: true) ${fields} ${more} } }
       fragment Ten on User { ... on User { ${repeated(9, () => 'about @skip(if: false)')} } }`;

    const twenty = await ana.run(asked(''));
    const more = await ana.run(asked('... @skip(if: false) { id }'));

    expect(twenty.errors).toBeUndefined();
    expectTooComplex(more, 'number of directives is 21, and may be 20');
  });

  it('an operation of more than a thousand tokens is refused by the parser', async () => {
    const { ana } = await buildStreet();
    const asked = (fields: string) =>
      `{ me { ${'... { '.repeat(331)} ${fields} ${'}'.repeat(331)} } }`;

    const most = await ana.run(asked('id name'));
    const more = await ana.run(asked('id name about'));

    expect(most.errors).toBeUndefined();
    expect(more).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
    });
  });

  it('an operation with cyclic fragments is refused', async () => {
    const { ana } = await buildStreet();

    const answer = await ana.run(
      `{ me { ...A } } fragment A on User { ...B } fragment B on User { ...A }`,
    );

    expect(answer).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
  });

  // Written out, these would keep the server busy for years.
  it.each([
    [
      'nothing else',
      (next: string) => `${next} ... { ${next} } ... { ${next} }`,
      undefined,
    ],
    [
      'objects',
      (next: string) => `photo { id } ${next} ... { ${next} }`,
      'cost',
    ],
    ['aliases', (next: string) => `a: name ${next} ... { ${next} }`, 'aliases'],
    [
      'directives',
      (next: string) => `${next} ... @skip(if: false) { ${next} }`,
      'directives',
    ],
  ])(
    'an operation with nested fragments and %s is measured quickly',
    async (_, body, tooMuch) => {
      const { api, ana } = await buildStreet();
      const operation = `{ me { ...F0 } } ${bomb(body)}`;

      const answer = await ana.run(operation);
      const stranger = await api.anonymous.run(operation);

      expect(answer.status).toBe(tooMuch ? 400 : 200);
      expect(answer.errors?.[0]?.message).toEqual(
        tooMuch && expect.stringContaining(`${tooMuch} is 10737418`),
      );
      expect(stranger.status).toBe(401);
    },
  );

  it('the introspection query of Sandbox is answered', async () => {
    const { api } = await buildStreet();

    const answer = await api.anonymous.run(
      getIntrospectionQuery({ inputValueDeprecation: true }),
    );

    expect(answer.errors).toBeUndefined();
    expect(answer.extensions.cost).toEqual({ requested: 0, limit: 1000 });
  });
});

describe('what an operation costs', () => {
  const ITEMS = `query ($street: ID!, $first: Int, $no: Boolean = false) {
    items(neighborhoodId: $street, first: $first) @skip(if: $no) {
      edges { node { id owner { name } } }
      pageInfo { hasNextPage }
    }
  }`;

  it.each([
    ['the default of the list', {}, 2 + 3 * 20],
    ['as many as are asked for', { first: 50 }, 2 + 3 * 50],
    ['the default for null', { first: null }, 2 + 3 * 20],
    ['nothing for what is skipped', { first: 50, no: true }, 0],
  ])(
    'the cost of an operation depends on its variables: %s',
    async (_, variables, requested) => {
      const { ana, street } = await buildStreet();

      const answer = await ana.run(ITEMS, { street, ...variables });

      expect(answer.errors).toBeUndefined();
      expect(answer.extensions.cost).toEqual({ requested, limit: 1000 });
    },
  );

  it('the cost is computed anew for other variables of the same document', async () => {
    const { ana, street } = await buildStreet();
    const costs: unknown[] = [];

    for (const first of [1, 50, 1])
      costs.push((await ana.run(ITEMS, { street, first })).extensions.cost);

    expect(costs).toMatchObject(
      [5, 152, 5].map((requested) => ({ requested })),
    );
  });

  it.each([
    ['no number', { first: 'many' }],
    ['an object', { first: { a: 1 } }],
    ['less than nothing', { first: -1000 }],
    ['nothing', { first: 0 }],
    ['more than numbers go', { first: 1e308 }],
    ['a part', { first: 0.5 }],
  ])('the cost is not reduced by asking for %s', async (_, variables) => {
    const { ana, street } = await buildStreet();

    const answer = await ana.run(ITEMS, { street, ...variables });

    expect(answer.errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(answer.extensions.cost).toEqual({ requested: 62, limit: 1000 });
  });

  it('the cost may be a thousand at most', async () => {
    const { api, ana, street } = await buildStreet();
    const members = (first: number) =>
      ana.run(
        `query ($street: ID!, $first: Int) {
           neighborhood(id: $street) {
             ...Members
             others: members(status: PENDING, first: 21) { edges { cursor } }
           }
         }
         fragment Members on Neighborhood {
           members(first: $first) { edges { node { user { photo { url } } } } }
         }`,
        { street, first },
      );

    const answers = [await members(49), await members(50)];
    api.statements.length = 0;
    const enormous = await ana.run(ITEMS, { street, first: 100_000 });

    expect(answers[0]?.extensions.cost?.requested).toBe(3 + 4 * 49 + 21);
    expect(answers[1]?.errors).toBeUndefined();
    expectTooComplex(enormous, 'cost is 300002, and may be 1000');
    expect(enormous.extensions.cost).toEqual({
      requested: 300_002,
      limit: 1000,
    });
    expect(api.statements).toEqual([]);
  });

  it('mutations report their cost, which grows with their number', async () => {
    const { ana, street } = await buildStreet();
    const input = {
      neighborhoodId: street,
      title: 'Soup',
      instructions: 'Cook it.',
      minutesToComplete: 20,
    };

    const answer = await ana.run(CreateRecipe, { input });

    expect(answer.extensions.cost?.requested).toBe(10 + 3);
  });
});

describe('an operation that guesses passwords', () => {
  it.each([
    ['twice', `mutation { a: ${LOGIN} b: ${LOGIN} }`],
    [
      'once in each of two fragments',
      `mutation { ...A ...B }
       fragment A on Mutation { a: ${LOGIN} } fragment B on Mutation { ... { b: ${LOGIN} } }`,
    ],
    ['once beside a new account', `mutation { ${LOGIN} ${SIGN_UP} }`],
    [
      'once beside a mail to reset one',
      `mutation { ${LOGIN} requestPasswordReset(input: {email: "a@example.org"}) { accepted } }`,
    ],
    [
      'once beside a new one by mail',
      `mutation { ${LOGIN} resetPassword(input: {token: "x", newPassword: "good neighbors"}) { errors { code } } }`,
    ],
  ])('one operation cannot try passwords %s', async (_, mutation) => {
    const { api } = await buildStreet();

    const answer = await api.anonymous.run(mutation);

    expect(answer.status).toBe(400);
    expect(answer.errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ]);
    expect(api.statements).toEqual([]);
  });

  it('one operation can log in once', async () => {
    const { api } = await buildStreet();
    const input = { username: 'ana', password: 'wrong' };

    const answer = await api.anonymous.run(Login, { input });

    expect(answer.errors).toMatchObject([
      { extensions: { code: 'INVALID_CREDENTIALS' } },
    ]);
    expect(answer.extensions.cost).toEqual({ requested: 502, limit: 1000 });
  });
});
