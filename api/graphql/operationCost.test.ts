import { CreateRecipe } from '../testing/operations';
import { buildStreet, expectTooComplex } from '../testing/operationLimits';

describe('operation cost', () => {
  // A list that can search costs 100, and its page info 1.
  const ITEMS = `query ($street: ID!, $first: Int, $no: Boolean = false) {
    items(neighborhoodId: $street, first: $first) @skip(if: $no) {
      edges { node { id owner { name } } }
      pageInfo { hasNextPage }
    }
  }`;

  it.each([
    ['the default page size', {}, 101 + 3 * 20],
    ['an explicit page size', { first: 50 }, 101 + 3 * 50],
    ['no cost of skipped fields', { first: 50, no: true }, 0],
  ])(
    'the cost of an operation depends on its variables: %s',
    async (_, variables, requested) => {
      const { ana, street } = await buildStreet();

      const answer = await ana.run(ITEMS, { street, ...variables });

      expect(answer.errors).toBeUndefined();
      expect(answer.extensions.cost).toEqual({ requested, limit: 1000 });
    },
  );

  it('the cost is computed anew when the variables of a document change', async () => {
    const { ana, street } = await buildStreet();
    const costs: unknown[] = [];

    for (const first of [1, 50, 1])
      costs.push((await ana.run(ITEMS, { street, first })).extensions.cost);

    expect(costs).toMatchObject(
      [104, 251, 104].map((requested) => ({ requested })),
    );
  });

  it.each([
    ['a string', { first: 'many' }],
    ['an object', { first: { a: 1 } }],
    ['a negative number', { first: -1000 }],
    ['zero', { first: 0 }],
    ['an enormous number', { first: 1e308 }],
    ['a fraction', { first: 0.5 }],
  ])(
    'the cost is not reduced by a page size that is %s',
    async (_, variables) => {
      const { ana, street } = await buildStreet();

      const answer = await ana.run(ITEMS, { street, ...variables });

      expect(answer.errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
      expect(answer.extensions.cost).toEqual({ requested: 161, limit: 1000 });
    },
  );

  it('an operation that costs more than a thousand is refused without SQL', async () => {
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
    expectTooComplex(enormous, 'cost is 300101, and may be 1000');
    expect(enormous.extensions.cost).toEqual({
      requested: 300_101,
      limit: 1000,
    });
    expect(api.statements).toEqual([]);
  });

  it('a mutation reports its cost', async () => {
    const { ana, street } = await buildStreet();
    const input = {
      neighborhoodId: street,
      title: 'Soup',
      instructions: 'Cook it.',
      minutesToComplete: 20,
    };

    const answer = await ana.run(CreateRecipe, { input });

    expect(answer.extensions.cost?.requested).toBe(10 + 4);
  });
});
