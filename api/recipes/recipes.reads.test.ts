import type { RecipesQuery } from '../generated/operations';
import { RecipeEntity } from './recipe.entity';
import { buildBlock, buildPerson } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
  buildMapleStreet,
} from '../testing/buildNeighborhoods';
import { buildRecipe } from '../testing/buildItems';
import type { MembershipStatus } from '../neighborhoods/membership.entity';
import { CreateRecipe, Recipes } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp, type Answer } from '../testing/testApp';
import {
  RecipeById,
  UpdateRecipe,
  DeleteRecipe,
  CAKE,
  RECIPE_NOT_FOUND,
  recipeTitles,
  findRecipes,
} from '../testing/recipes';

/** Membership status of the viewer; null for non-members. */
type ViewerStatus = MembershipStatus | null;

describe.each(DATABASES)('reading recipes (%s)', (database) => {
  it('pages of recipes are newest first, without gaps or repetitions', async () => {
    const { api, ana, maple, neighborhoodId } = await buildMapleStreet({
      database,
    });
    for (const title of ['one', 'two', 'three', 'four', 'five'])
      await buildRecipe(api, maple, ana, { title });

    const seen: string[] = [];
    const flags: unknown[] = [];
    let after: string | null = null;
    do {
      const answer: Answer<RecipesQuery> = await api
        .as(ana)
        .run(Recipes, { neighborhoodId, first: 2, after });
      const { recipes } = answer.data;
      // A recipe that is added meanwhile does not shift the following pages.
      await buildRecipe(api, maple, ana, { title: 'newer' });
      seen.push(...recipes.edges.map(({ node }) => node.title));
      flags.push([
        recipes.pageInfo.hasPreviousPage,
        recipes.pageInfo.hasNextPage,
      ]);
      after = recipes.pageInfo.hasNextPage ? recipes.pageInfo.endCursor : null;
    } while (after);

    expect(seen).toEqual(['five', 'four', 'three', 'two', 'one']);
    expect(flags).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ]);
  });

  it('a page of 50 recipes with authors takes one SQL statement, and two with instructions', async () => {
    const { api, ana, maple, neighborhoodId } = await buildMapleStreet({
      database,
    });
    const people = [ana];
    for (let i = 1; i < 10; i++)
      people.push(await buildNeighbor(api, maple, `person${i}`));
    for (let i = 0; i < 55; i++) {
      const author = people[i % 10];
      if (author)
        await buildRecipe(api, maple, author, { title: `recipe ${i}` });
    }
    api.statements.length = 0;

    const page = await api.as(ana).run(Recipes, { neighborhoodId, first: 50 });

    expect(page.data.recipes.edges).toHaveLength(50);
    expect(api.statements).toHaveLength(1);
    api.statements.length = 0;
    await api
      .as(ana)
      .run(
        `{ recipes(neighborhoodId: "${maple.id}", first: 50) { edges { node { instructions author { about } } } } }`,
      );
    expect(api.statements).toHaveLength(2);
  });

  it.each([
    '',
    'x',
    "' or 1=1 --",
    '00000000-0000-0000-0000-000000000000',
    'a\0b',
  ])('recipe and deleteRecipe find no recipe with the id %j', async (id) => {
    const { api, ana } = await buildMapleStreet({ database });

    expect((await api.as(ana).run(RecipeById, { id })).data).toEqual({
      recipe: null,
    });
    const deleted = await api
      .as(ana)
      .run(DeleteRecipe, { input: { recipeId: id } });
    expect(deleted.data.deleteRecipe?.errors).toEqual(RECIPE_NOT_FOUND);
  });
});

describe.each(DATABASES)('visibility of recipes (%s)', (database) => {
  it.each<[string, ViewerStatus]>([
    ['a non-member', null],
    ['a pending member', 'PENDING'],
    ['a suspended member', 'SUSPENDED'],
    ['a banned member', 'BANNED'],
    ['a former member', 'ENDED'],
  ])('recipes are hidden from %s, who cannot add any', async (_, status) => {
    const { api, ana, maple, neighborhoodId } = await buildMapleStreet({
      database,
    });
    const { id } = await buildRecipe(api, maple, ana);
    const eve = await buildPerson(api, 'eve');
    if (status) await buildMembership(api, maple, eve, { status });

    expect((await api.as(eve).run(RecipeById, { id })).data.recipe).toBeNull();
    expect(await recipeTitles(api.as(eve), maple)).toEqual([]);
    const { createRecipe } = (
      await api
        .as(eve)
        .run(CreateRecipe, { input: { ...CAKE, neighborhoodId } })
    ).data;
    expect(createRecipe).toEqual({
      recipe: null,
      errors: [
        {
          code: status === 'SUSPENDED' ? 'NOT_ALLOWED' : 'NOT_FOUND',
          message: expect.any(String) as string,
          field: ['neighborhoodId'],
        },
      ],
    });
    expect(await recipeTitles(api.as(ana), maple)).toEqual(['Plum cake']);
  });

  it('recipes of a neighborhood are not listed in another one', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const ben = await buildPerson(api, 'ben');
    const oak = await buildNeighborhood(api, ben);
    await buildMembership(api, oak, ana);
    await buildRecipe(api, maple, ana, { title: 'Plum cake' });
    await buildRecipe(api, oak, ben, { title: 'Toast' });

    expect(await recipeTitles(api.as(ana), maple)).toEqual(['Plum cake']);
    expect(await recipeTitles(api.as(ana), oak)).toEqual(['Toast']);
    expect(await recipeTitles(api.as(ben), maple)).toEqual([]);
  });

  it('a block hides the recipes of two users from each other only', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const ben = await buildNeighbor(api, maple, 'ben');
    const carl = await buildNeighbor(api, maple, 'carl');
    const { id } = await buildRecipe(api, maple, ana, { title: 'Plum cake' });
    await buildRecipe(api, maple, ben, { title: 'Toast' });

    await buildBlock(api, ana, ben);

    expect(await recipeTitles(api.as(ana), maple)).toEqual(['Plum cake']);
    expect(await recipeTitles(api.as(ben), maple)).toEqual(['Toast']);
    expect(await recipeTitles(api.as(carl), maple)).toEqual([
      'Toast',
      'Plum cake',
    ]);
    expect((await api.as(ben).run(RecipeById, { id })).data.recipe).toBeNull();
  });

  it.each(['SUSPENDED', 'BANNED', 'ENDED'] as const)(
    'recipes of a member who is %s are hidden until the membership is active again',
    async (status) => {
      const { api, ana, maple } = await buildMapleStreet({ database });
      const ben = await buildPerson(api, 'ben');
      const { id: membership } = await buildMembership(api, maple, ben);
      const { id } = await buildRecipe(api, maple, ben, { title: 'Toast' });
      await buildRecipe(api, maple, ana, { title: 'Plum cake' });
      const place = (now: MembershipStatus) =>
        api.services.orm.em
          .fork()
          .nativeUpdate('Membership', { id: membership }, { status: now });
      const read = async () =>
        (await api.as(ana).run(RecipeById, { id })).data.recipe?.title;
      const find = () => findRecipes(api.as(ana), maple, 'toast');

      await place(status);
      api.statements.length = 0;

      expect(await recipeTitles(api.as(ana), maple)).toEqual(['Plum cake']);
      expect(api.statements).toHaveLength(1);
      expect([await read(), await find()]).toEqual([undefined, []]);
      await place('ACTIVE');
      expect(await recipeTitles(api.as(ana), maple)).toEqual([
        'Plum cake',
        'Toast',
      ]);
      expect([await read(), await find()]).toEqual(['Toast', ['Toast']]);
    },
  );

  it('a suspended author can delete a recipe but not change it', async () => {
    const { api, maple } = await buildMapleStreet({ database });
    const eve = await buildNeighbor(api, maple, 'eve', { status: 'SUSPENDED' });
    const { id } = await buildRecipe(api, maple, eve);

    const updated = await api
      .as(eve)
      .run(UpdateRecipe, { input: { recipeId: id, title: 'Pear cake' } });
    const deleted = await api
      .as(eve)
      .run(DeleteRecipe, { input: { recipeId: id } });

    expect(updated.data.updateRecipe?.errors).toMatchObject([
      { code: 'NOT_ALLOWED', field: ['recipeId'] },
    ]);
    expect(deleted.data.deleteRecipe?.errors).toEqual([]);
  });
});

describe('pages of recipes', () => {
  it.each([
    ['first: 0', 'first'],
    ['first: -1', 'first'],
    ['first: 51', 'first'],
    ['after: "x"', 'after'],
    ['after: ""', 'after'],
  ])('recipes refuses %s and names the argument', async (args, name) => {
    const { api, ana, maple } = await buildMapleStreet();

    const answer = await api
      .as(ana)
      .run(
        `{ recipes(neighborhoodId: "${maple.id}", ${args}) { edges { cursor } } }`,
      );

    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]).toMatchObject({
      message: expect.stringContaining(`"${name}"`) as string,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('a page has twenty recipes by default and can be empty', async () => {
    const { api, ana, maple, neighborhoodId } = await buildMapleStreet();
    const empty = await api.as(ana).run(Recipes, { neighborhoodId });
    expect(empty.data.recipes).toEqual({
      edges: [],
      pageInfo: {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: null,
        endCursor: null,
      },
    });

    for (let i = 0; i < 21; i++) await buildRecipe(api, maple, ana);
    const { recipes } = (await api.as(ana).run(Recipes, { neighborhoodId }))
      .data;

    expect(recipes.edges).toHaveLength(20);
    expect(recipes.pageInfo.hasNextPage).toBe(true);
  });
});

describe.each(DATABASES)('searching recipes (%s)', (database) => {
  it('a search finds recipes by title and instructions', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const maple = await buildNeighborhood(api, ana);
    const out = await buildPerson(api, 'out');
    const cake = await buildRecipe(api, maple, ana, {
      title: 'Plum cake',
      instructions: 'Stone the plums.',
    });
    await buildRecipe(api, maple, ana, {
      title: 'Soup',
      instructions: 'Boil it.',
    });
    const find = (search: string, person = ana) =>
      findRecipes(api.as(person), maple, search);

    expect(await find('plum stone')).toEqual(['Plum cake']);
    expect(await find('boil')).toEqual(['Soup']);
    expect(await find('')).toEqual(['Soup', 'Plum cake']);
    expect(await find('?')).toEqual([]);
    expect(await find('plum', out)).toEqual([]);
    await api.services.orm.em
      .fork()
      .nativeDelete(RecipeEntity, { id: cake.id });
    expect(await find('plum')).toEqual([]);
  });
});
