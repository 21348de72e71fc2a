import type {
  CreateRecipeInput,
  CreateRecipeMutation,
} from '../generated/operations';
import { buildMapleStreet } from '../testing/buildNeighborhoods';
import { buildRecipe } from '../testing/buildItems';
import type { Caller } from '../testing/testApp';
import { UpdateRecipe, CAKE } from '../testing/recipes';

describe('equipment of a recipe', () => {
  const equipmentOf = async (caller: Caller, input: CreateRecipeInput) =>
    (
      await caller.run<CreateRecipeMutation, { input: CreateRecipeInput }>(
        'mutation ($input: CreateRecipeInput!) { createRecipe(input: $input) { recipe { equipment } errors { code field } } }',
        { input },
      )
    ).data.createRecipe;

  it('equipment is cleaned, without empty texts', async () => {
    const { api, ana, neighborhoodId } = await buildMapleStreet();

    expect(
      await equipmentOf(api.as(ana), {
        ...CAKE,
        neighborhoodId,
        equipment: [' A whisk ', '', '  A\ntin'],
      }),
    ).toEqual({ recipe: { equipment: ['A whisk', 'A tin'] }, errors: [] });
  });

  it('the former tools are the lines of a text', async () => {
    const { api, ana, maple } = await buildMapleStreet();
    const input = { ...CAKE, neighborhoodId: maple.id };
    const { id } = await buildRecipe(api, maple, ana, { tools: 'A tin' });

    expect(
      await equipmentOf(api.as(ana), { ...input, tools: 'A whisk\n\nA bowl' }),
    ).toMatchObject({ recipe: { equipment: ['A whisk', 'A bowl'] } });
    const { recipe } = (
      await api
        .as(ana)
        .run<{ recipe: object }, object>(
          'query ($id: ID!) { recipe(id: $id) { tools equipment } }',
          { id },
        )
    ).data;
    expect(recipe).toEqual({ tools: ['A tin'], equipment: ['A tin'] });
  });

  it('a text about equipment has at most 120 characters', async () => {
    const { api, ana, neighborhoodId } = await buildMapleStreet();

    expect(
      await equipmentOf(api.as(ana), {
        ...CAKE,
        neighborhoodId,
        equipment: ['A tin', 'x'.repeat(121)],
      }),
    ).toEqual({
      recipe: null,
      errors: [{ code: 'INVALID', field: ['equipment', '1'] }],
    });
  });

  it('equipment is optional', async () => {
    const { api, ana, neighborhoodId } = await buildMapleStreet();

    expect(await equipmentOf(api.as(ana), { ...CAKE, neighborhoodId })).toEqual(
      {
        recipe: { equipment: [] },
        errors: [],
      },
    );
  });

  it('equipment and the former tools do not go together', async () => {
    const { api, ana, neighborhoodId } = await buildMapleStreet();
    const both = { equipment: [], tools: 'A tin' };

    expect(
      await equipmentOf(api.as(ana), { ...CAKE, neighborhoodId, ...both }),
    ).toEqual({
      recipe: null,
      errors: [{ code: 'INVALID', field: ['equipment'] }],
    });
  });

  it('a recipe has at most twenty pieces of equipment', async () => {
    const { api, ana, neighborhoodId } = await buildMapleStreet();

    expect(
      await equipmentOf(api.as(ana), {
        ...CAKE,
        neighborhoodId,
        equipment: Array.from({ length: 21 }, () => 'Spoon'),
      }),
    ).toEqual({
      recipe: null,
      errors: [{ code: 'LIMIT', field: ['equipment'] }],
    });
  });

  it('updateRecipe replaces or removes the equipment', async () => {
    const { api, ana, maple } = await buildMapleStreet();
    const { id } = await buildRecipe(api, maple, ana, { tools: 'A tin' });

    await api.as(ana).run(UpdateRecipe, {
      input: { recipeId: id, equipment: ['A whisk', 'A bowl'] },
    });
    const equipment = async () =>
      (
        await api
          .as(ana)
          .run<{ recipe: { equipment: string[] } }, { id: string }>(
            'query ($id: ID!) { recipe(id: $id) { equipment } }',
            { id },
          )
      ).data.recipe.equipment;
    expect(await equipment()).toEqual(['A whisk', 'A bowl']);
    await api
      .as(ana)
      .run(UpdateRecipe, { input: { recipeId: id, equipment: [] } });
    const { data } = await api.as(ana).run(UpdateRecipe, {
      input: { recipeId: id, equipment: Array.from({ length: 21 }, () => 'A') },
    });

    expect(data.updateRecipe?.errors).toMatchObject([{ code: 'LIMIT' }]);
    expect(await equipment()).toEqual([]);
  });
});
