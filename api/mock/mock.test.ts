import { startMock } from '../testing/mockApi';
import {
  create,
  DELETE,
  nodes,
  PAGE,
  readItems,
  readWishes,
  run,
  SCHEMA,
  WISH,
  WISHES,
  type Page,
  type Wish,
} from '../testing/wishes';

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
