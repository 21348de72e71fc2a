import type { CreateRecipeInput } from '../generated/operations';
import { buildNeighbor, buildMapleStreet } from '../testing/buildNeighborhoods';
import { buildRecipe } from '../testing/buildItems';
import { CreateRecipe } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import {
  RecipeById,
  UpdateRecipe,
  DeleteRecipe,
  CAKE,
  RECIPE_NOT_FOUND,
  recipeTitles,
} from '../testing/recipes';

describe.each(DATABASES)('recipes (%s)', (database) => {
  it('a new recipe is visible to neighbors', async () => {
    const { api, ana, maple, neighborhoodId } = await buildMapleStreet({
      database,
    });
    const ben = await buildNeighbor(api, maple, 'ben');

    const created = await api
      .as(ana)
      .run(CreateRecipe, { input: { ...CAKE, neighborhoodId } });

    const recipe = created.data.createRecipe?.recipe;
    expect(created.data.createRecipe?.errors).toEqual([]);
    expect(recipe).toMatchObject({
      ...CAKE,
      author: { id: ana.user.id, name: 'ana' },
    });
    expect(recipe?.updatedAt).toBe(recipe?.createdAt);
    const read = await api.as(ben).run(RecipeById, { id: recipe?.id ?? '' });
    expect(read.data.recipe).toMatchObject({
      ...CAKE,
      author: { username: 'ana' },
    });
  });

  it('updateRecipe changes only the given fields', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const { id, createdAt } = await buildRecipe(api, maple, ana, {
      instructions: 'Bake it.',
    });

    const { updateRecipe } = (
      await api.as(ana).run(UpdateRecipe, {
        input: { recipeId: id, title: ' Pear cake ', minutesToComplete: null },
      })
    ).data;

    expect(updateRecipe?.errors).toEqual([]);
    expect(updateRecipe?.recipe).toMatchObject({
      title: 'Pear cake',
      instructions: 'Bake it.',
      minutesToComplete: 60,
      createdAt: createdAt.toISOString(),
    });
    expect(
      Date.parse(updateRecipe?.recipe?.updatedAt ?? ''),
    ).toBeGreaterThanOrEqual(createdAt.getTime());
  });

  it('only the author can change or delete a recipe: other users get NOT_FOUND', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const eve = await buildNeighbor(api, maple, 'eve');
    const { id } = await buildRecipe(api, maple, ana, { title: 'Plum cake' });

    const updated = await api
      .as(eve)
      .run(UpdateRecipe, { input: { recipeId: id, title: 'Mine' } });
    const deleted = await api
      .as(eve)
      .run(DeleteRecipe, { input: { recipeId: id } });

    expect(updated.data.updateRecipe).toEqual({
      recipe: null,
      errors: RECIPE_NOT_FOUND,
    });
    expect(deleted.data.deleteRecipe).toEqual({
      recipe: null,
      errors: RECIPE_NOT_FOUND,
    });
    expect(await recipeTitles(api.as(ana), maple)).toEqual(['Plum cake']);
  });

  it('deleteRecipe deletes the recipe and returns it a last time', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const { id } = await buildRecipe(api, maple, ana);

    const { deleteRecipe } = (
      await api.as(ana).run(DeleteRecipe, { input: { recipeId: id } })
    ).data;

    expect(deleteRecipe).toEqual({
      recipe: { id, title: 'Plum cake', author: { username: 'ana' } },
      errors: [],
    });
    expect((await api.as(ana).run(RecipeById, { id })).data.recipe).toBeNull();
    const again = await api
      .as(ana)
      .run(DeleteRecipe, { input: { recipeId: id } });
    expect(again.data.deleteRecipe?.errors).toEqual(RECIPE_NOT_FOUND);
  });

  it('concurrent deletions delete a recipe once, and it cannot be changed afterwards', async () => {
    const { api, ana, maple } = await buildMapleStreet({ database });
    const { id } = await buildRecipe(api, maple, ana);

    const clicks = await Promise.all(
      [1, 2, 3].map(() =>
        api.as(ana).run(DeleteRecipe, { input: { recipeId: id } }),
      ),
    );

    const payloads = clicks.map(({ data }) => data.deleteRecipe);
    expect(payloads.filter((payload) => payload?.recipe)).toHaveLength(1);
    expect(payloads.flatMap((payload) => payload?.errors ?? [])).toEqual([
      ...RECIPE_NOT_FOUND,
      ...RECIPE_NOT_FOUND,
    ]);
    const late = await api
      .as(ana)
      .run(UpdateRecipe, { input: { recipeId: id, title: 'Pear cake' } });
    expect(late.data.updateRecipe?.errors).toEqual(RECIPE_NOT_FOUND);
  });
});

describe('validation of recipes', () => {
  it.each<[string, Partial<CreateRecipeInput>, string]>([
    ['no title', { title: ' \n ' }, 'title'],
    ['a title that is too long', { title: 'x'.repeat(121) }, 'title'],
    ['an invisible title', { title: '\u3164\u200b' }, 'title'],
    ['no instructions', { instructions: '' }, 'instructions'],
    [
      'instructions that are too long',
      { instructions: '🍋'.repeat(10_001) },
      'instructions',
    ],
    ['a duration of zero', { minutesToComplete: 0 }, 'minutesToComplete'],
    ['a negative duration', { minutesToComplete: -5 }, 'minutesToComplete'],
    [
      'a duration of more than a week',
      { minutesToComplete: 10_081 },
      'minutesToComplete',
    ],
  ])(
    'createRecipe refuses %s, names the field and stores nothing',
    async (_, input, field) => {
      const { api, ana, maple, neighborhoodId } = await buildMapleStreet();

      const { data } = await api
        .as(ana)
        .run(CreateRecipe, { input: { ...CAKE, neighborhoodId, ...input } });

      expect(data.createRecipe).toEqual({
        recipe: null,
        errors: [
          {
            code: 'INVALID',
            message: expect.any(String) as string,
            field: [field],
          },
        ],
      });
      expect(await recipeTitles(api.as(ana), maple)).toEqual([]);
    },
  );

  it('updateRecipe validates like createRecipe', async () => {
    const { api, ana, maple } = await buildMapleStreet();
    const { id } = await buildRecipe(api, maple, ana);

    const { data } = await api.as(ana).run(UpdateRecipe, {
      input: { recipeId: id, title: 'Pear cake', instructions: '  ' },
    });

    expect(data.updateRecipe?.errors.map(({ field }) => field)).toEqual([
      ['instructions'],
    ]);
    expect(await recipeTitles(api.as(ana), maple)).toEqual(['Plum cake']);
  });

  it('the maximum length of instructions counts characters, also of emoji', async () => {
    const { api, ana, neighborhoodId } = await buildMapleStreet();

    const { data } = await api.as(ana).run(CreateRecipe, {
      input: { ...CAKE, neighborhoodId, instructions: '🍋'.repeat(10_000) },
    });

    expect(data.createRecipe?.errors).toEqual([]);
  });
});
