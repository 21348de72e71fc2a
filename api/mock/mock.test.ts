import { extendSchema, startMock } from '../testing/mockApi';
import type { Caller } from '../testing/testApp';

/** What the schema of these tests has and the API does not implement. */
const SCHEMA = extendSchema(
  {
    Query: `
      "Wishes."
      wishes(
        "Status." status: WishStatus
        "Size." first: Int = 20
        "Cursor." after: String @constraint(maxLength: 100)
      ): WishConnection! @requireUser @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
      "A wish."
      wish("Its id." id: ID!): Wish @requireUser
      "Items near the viewer."
      nearbyItems(
        "Category." category: ItemCategory
        "Size." first: Int = 20
        "Cursor." after: String @constraint(maxLength: 100)
      ): ItemConnection! @requireUser @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
      "An announcement for everybody."
      announcement: String! @public @example(values: ["Yard sale on Sunday"])`,
    Mutation: `
      "Creates a wish."
      createWish("Input." input: CreateWishInput!): CreateWishPayload @requireUser @rateLimit(times: 2, minutes: 60)
      "Deletes a wish."
      deleteWish("Input." input: DeleteWishInput!): DeleteWishPayload @requireUser
      "Rates an item."
      rateItem("Input." input: RateItemInput!): RateItemPayload @requireUser @cost(weight: "600")
      "Creates a recipe from another."
      copyRecipe("Input." input: CreateRecipeInput!): CreateRecipePayload @requireUser`,
    Subscription: `
      "A new wish."
      wishMade: Wish! @requireUser`,
    Item: `
      "Stars."
      stars: Int!
      "Who has it now."
      holder: User
      "Wishes for it."
      wishes(
        "Size." first: Int = 20
        "Cursor." after: String @constraint(maxLength: 100)
      ): WishConnection! @listSize(slicingArguments: ["first"], sizedFields: ["edges"])`,
    Recipe: `
      "How many people it serves."
      servings: Int! @example(values: ["2", "4", "6"])`,
    CreateRecipeInput:
      '"How many people it serves." servings: Int @constraint(min: 1, max: 100)',
  },
  `
  "A wish."
  type Wish {
    "Id." id: ID!
    "Title." title: String! @example(values: ["A ladder", "A tent"])
    "Body." body: String!
    "Status." status: WishStatus!
    "Item." item: Item!
    "Author." author: User!
    "Last day." until: Date!
    "Creation." createdAt: DateTime!
    "Change." updatedAt: DateTime!
  }
  "Status." enum WishStatus { "Open." OPEN "Done." DONE }
  "Page." type WishConnection { "Edges." edges: [WishEdge!]! "Page." pageInfo: PageInfo! "All." totalCount: Int! }
  "Edge." type WishEdge { "Cursor." cursor: String! "Node." node: Wish! }
  "Input." input CreateWishInput { "Item." itemId: ID! "Title." title: String! @constraint(maxLength: 10) }
  "Payload." type CreateWishPayload { "Wish." wish: Wish "Errors." errors: [UserError!]! }
  "Input." input DeleteWishInput { "Id." id: ID! }
  "Payload." type DeleteWishPayload { "Wish." wish: Wish "Errors." errors: [UserError!]! }
  "Input." input RateItemInput { "Item." itemId: ID! "Stars." stars: Int! @constraint(min: 1, max: 5) }
  "Payload." type RateItemPayload { "Item." item: Item "Errors." errors: [UserError!]! }
  `,
);

const WISH =
  'id title body status until createdAt updatedAt item { id title owner { name } } author { name }';

type Wish = {
  id: string;
  title: string;
  status: string;
  until: string;
  createdAt: string;
  updatedAt: string;
  item: { id: string; title: string };
  author: { name: string };
};
type Page<Node> = {
  totalCount: number;
  edges: { cursor: string; node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
};
type Payload = { wish: Wish | null; errors: object[] };

const PAGE = 'pageInfo { hasNextPage endCursor }';
const WISHES = `query ($first: Int, $after: String, $status: WishStatus) {
  wishes(first: $first, after: $after, status: $status) { totalCount edges { cursor node { ${WISH} } } ${PAGE} }
}`;
const MY_ITEMS = `{ myItems(first: 5) { edges { node { id title stars holder { name } wishes { edges { node { ${WISH} } } } } } } }`;
const CREATE = `mutation ($input: CreateWishInput!) { createWish(input: $input) { wish { ${WISH} } errors { code field } } }`;
const DELETE = `mutation ($input: DeleteWishInput!) { deleteWish(input: $input) { wish { id } errors { code field } } }`;

type MyItems = {
  myItems: Page<{
    id: string;
    title: string;
    stars: number;
    holder: { name: string };
    wishes: Page<Wish>;
  }>;
};

const nodes = <Node>({ edges }: Page<Node>) => edges.map(({ node }) => node);

const run = async <Data>(
  caller: Caller,
  query: string,
  variables?: object,
): Promise<Data> => {
  const { data, errors } = await caller.run<Data, object>(query, variables);
  expect(errors).toBeUndefined();
  return data;
};

const readWishes = async (caller: Caller, variables: object = {}) =>
  (await run<{ wishes: Page<Wish> }>(caller, WISHES, variables)).wishes;

const readItems = async (caller: Caller) =>
  nodes((await run<MyItems>(caller, MY_ITEMS)).myItems);

const create = async (caller: Caller, input: object) =>
  (await run<{ createWish: Payload }>(caller, CREATE, { input })).createWish;

describe('the mock server', () => {
  it('answers fields, queries and types that the API does not implement, from @example and the seed', async () => {
    const ana = await (await startMock(SCHEMA)).logIn('ana');

    const wishes = nodes(await readWishes(ana));
    const items = await readItems(ana);

    expect(wishes).toHaveLength(20);
    const today = new Date().toISOString().slice(0, 10);
    for (const wish of wishes) {
      expect(['A ladder', 'A tent']).toContain(wish.title);
      expect(['OPEN', 'DONE']).toContain(wish.status);
      expect(wish.until > today).toBe(true);
      expect(wish.createdAt <= wish.updatedAt).toBe(true);
      expect(wish.updatedAt < today).toBe(true);
      // A row of the seed, with its own resolvers.
      expect(wish.item.title).not.toBe('');
      expect(wish.author.name).not.toBe('');
    }
    expect(wishes.map(({ createdAt }) => createdAt)).toEqual(
      wishes
        .map(({ createdAt }) => createdAt)
        .sort()
        .reverse(),
    );
    expect(items.map(({ title }) => title)).toContain('Waffle iron');
    for (const { id, stars, wishes } of items) {
      expect(stars).toBeGreaterThanOrEqual(1);
      expect(stars).toBeLessThanOrEqual(5);
      expect(nodes(wishes).length).toBeGreaterThan(0);
      for (const { item } of nodes(wishes)) expect(item.id).toBe(id);
    }
  });

  it('gives the same values at every request, by every way to an object, and after a restart', async () => {
    const mock = await startMock(SCHEMA);
    const ana = await mock.logIn('ana');
    const items = await readItems(ana);
    const wishes = await readWishes(ana);
    const [wish] = nodes(wishes);
    await mock.close();

    const again = await startMock(SCHEMA, mock.folder);
    const still = again.as(ana);

    // The log-in outlives the restart.
    expect(await readWishes(still)).toEqual(wishes);
    expect(await readItems(still)).toEqual(items);
    expect(
      await run(still, `query ($id: ID!) { wish(id: $id) { ${WISH} } }`, wish),
    ).toEqual({ wish });
  });

  it('gives the same values after another seed', async () => {
    const seen = [];
    for (let start = 1; start <= 2; start++) {
      const ana = await (await startMock(SCHEMA)).logIn('ana');
      const items = await readItems(ana);
      const wishes = nodes(await readWishes(ana));
      seen.push({
        items: items.map(({ title, stars, holder }) => [title, stars, holder]),
        wishes: wishes.map(({ id, title, until, item, author }) => [
          id,
          title,
          until,
          item.title,
          author,
        ]),
      });
    }

    expect(seen[1]).toEqual(seen[0]);
  });

  it('pages through a connection to its end, also of rows', async () => {
    const ana = await (await startMock(SCHEMA)).logIn('ana');
    const { totalCount } = await readWishes(ana);
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const page: Page<Wish> = await readWishes(ana, { first: 7, after });
      expect(page.edges.length).toBeLessThanOrEqual(7);
      seen.push(...nodes(page).map(({ id }) => id));
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    const { nearbyItems } = await run<{
      nearbyItems: Page<{ category: string }>;
    }>(
      ana,
      `{ nearbyItems(category: TOOLS, first: 3) { edges { cursor node { category } } ${PAGE} } }`,
    );
    const refused = await ana.run(WISHES, { after: 'nowhere' });

    expect(new Set(seen).size).toBe(totalCount);
    expect(seen).toHaveLength(totalCount);
    expect(totalCount).toBeGreaterThan(20);
    expect(nodes(nearbyItems)).toEqual(Array(3).fill({ category: 'TOOLS' }));
    expect(nearbyItems.pageInfo.hasNextPage).toBe(true);
    expect(refused.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('shows what mutations create and delete in later queries, for everybody and after a restart', async () => {
    const mock = await startMock(SCHEMA);
    const ana = await mock.logIn('ana');
    const [item, other] = await readItems(ana);

    const { wish, errors } = await create(ana, {
      itemId: item?.id,
      title: 'A saw',
    });
    const [newest] = nodes(await readWishes(ana));
    const [ofItem, ofOther] = await readItems(ana);
    const missing = await create(ana, { itemId: other?.title, title: 'No' });

    expect(errors).toEqual([]);
    expect(wish).toMatchObject({
      title: 'A saw',
      item: { id: item?.id },
      author: { name: 'Ana Lima' },
    });
    expect(Date.now() - Date.parse(wish?.createdAt ?? '')).toBeLessThan(
      300_000,
    );
    expect(newest).toEqual(wish);
    expect(ofItem && nodes(ofItem.wishes)[0]).toEqual(wish);
    expect(JSON.stringify(ofOther)).not.toContain('A saw');
    expect(missing).toEqual({
      wish: null,
      errors: [{ code: 'NOT_FOUND', field: ['itemId'] }],
    });

    await mock.close();
    const again = await startMock(SCHEMA, mock.folder);
    const ben = await again.logIn('ben');
    expect(nodes(await readWishes(ben))[0]).toMatchObject({ id: wish?.id });

    const deleted = await run(ben, DELETE, { input: { id: wish?.id } });
    expect(deleted).toEqual({
      deleteWish: { wish: { id: wish?.id }, errors: [] },
    });
    expect(JSON.stringify(await readWishes(ben))).not.toContain('A saw');
    expect(
      await run(ben, 'query ($id: ID!) { wish(id: $id) { id } }', wish ?? {}),
    ).toEqual({ wish: null });
  });

  it('keeps new fields of objects that a mutation changes, also of one that the API implements', async () => {
    const mock = await startMock(SCHEMA);
    const ana = await mock.logIn('ana');
    const [item] = await readItems(ana);
    const { myMemberships } = await run<{
      myMemberships: { neighborhood: { id: string } }[];
    }>(ana, '{ myMemberships { neighborhood { id } } }');
    const stars = ((item?.stars ?? 0) % 5) + 1;

    const rated = await run(
      ana,
      'mutation ($input: RateItemInput!) { rateItem(input: $input) { item { id stars } errors { code } } }',
      { input: { itemId: item?.id, stars } },
    );
    const { createRecipe } = await run<{
      createRecipe: { recipe: { id: string; servings: number } };
    }>(
      ana,
      'mutation ($input: CreateRecipeInput!) { createRecipe(input: $input) { recipe { id servings } errors { code } } }',
      {
        input: {
          neighborhoodId: myMemberships[0]?.neighborhood.id,
          title: 'Soup',
          instructions: 'Stir.',
          minutesToComplete: 5,
          servings: 11,
        },
      },
    );

    expect(rated).toEqual({
      rateItem: { item: { id: item?.id, stars }, errors: [] },
    });
    expect((await readItems(ana))[0]?.stars).toBe(stars);
    expect(createRecipe.recipe.servings).toBe(11);
    expect(
      await run(
        ana,
        'query ($id: ID!) { recipe(id: $id) { id servings title } }',
        createRecipe.recipe,
      ),
    ).toEqual({ recipe: { ...createRecipe.recipe, title: 'Soup' } });
  });
});
