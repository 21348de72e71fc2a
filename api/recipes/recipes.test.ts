import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  CreateRecipeInput,
  CreateRecipeMutation,
  DeleteRecipeMutation,
  DeleteRecipeMutationVariables,
  RecipeQuery,
  RecipeQueryVariables,
  RecipesQuery,
  UpdateRecipeMutation,
  UpdateRecipeMutationVariables,
} from '../generated/operations';
import { buildBlock, buildPerson } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildRecipe } from '../testing/buildItems';
import type { MembershipStatus } from '../neighborhoods/membership.entity';
import { CreateRecipe, Recipes } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import {
  testApp,
  type Answer,
  type Caller,
  type TestAppOptions,
} from '../testing/testApp';

const RecipeById: TypedDocumentNode<RecipeQuery, RecipeQueryVariables> = gql`
  query Recipe($id: ID!) {
    recipe(id: $id) {
      id
      title
      instructions
      minutesToComplete
      author {
        username
      }
    }
  }
`;

const UpdateRecipe: TypedDocumentNode<
  UpdateRecipeMutation,
  UpdateRecipeMutationVariables
> = gql`
  mutation UpdateRecipe($input: UpdateRecipeInput!) {
    updateRecipe(input: $input) {
      recipe {
        id
        title
        instructions
        minutesToComplete
        createdAt
        updatedAt
      }
      errors {
        code
        message
        field
      }
    }
  }
`;

const DeleteRecipe: TypedDocumentNode<
  DeleteRecipeMutation,
  DeleteRecipeMutationVariables
> = gql`
  mutation DeleteRecipe($input: DeleteRecipeInput!) {
    deleteRecipe(input: $input) {
      recipe {
        id
        title
        author {
          username
        }
      }
      errors {
        code
        message
        field
      }
    }
  }
`;

const CAKE: Omit<CreateRecipeInput, 'neighborhoodId'> = {
  title: 'Plum cake 🍰',
  instructions: 'Stone the plums.\n\nBake.',
  minutesToComplete: 60,
};

const NOT_YOURS = [
  {
    code: 'NOT_FOUND',
    message: 'You have no recipe with this id',
    field: ['id'],
  },
];

const titles = async (caller: Caller, { id }: { id: string }) =>
  (await caller.run(Recipes, { neighborhoodId: id })).data.recipes.edges.map(
    ({ node }) => node.title,
  );

/** Membership status of the viewer; null for non-members. */
type ViewerStatus = MembershipStatus | null;

/** Starts a server with a neighborhood whose steward is Ana. */
async function mapleStreet(options: TestAppOptions = {}) {
  const api = await testApp(options);
  const ana = await buildPerson(api, 'ana');
  const maple = await buildNeighborhood(api, ana);
  return { api, ana, maple, neighborhoodId: maple.id };
}

describe.each(DATABASES)('recipes (%s)', (database) => {
  it('a new recipe is visible to neighbors', async () => {
    const { api, ana, maple, neighborhoodId } = await mapleStreet({ database });
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

  it('pages of recipes are newest first, without gaps or repetitions', async () => {
    const { api, ana, maple, neighborhoodId } = await mapleStreet({ database });
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
    const { api, ana, maple, neighborhoodId } = await mapleStreet({ database });
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

  it('updateRecipe changes only the given fields', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    const { id, createdAt } = await buildRecipe(api, maple, ana, {
      instructions: 'Bake it.',
    });

    const { updateRecipe } = (
      await api.as(ana).run(UpdateRecipe, {
        input: { id, title: ' Pear cake ', minutesToComplete: null },
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
    const { api, ana, maple } = await mapleStreet({ database });
    const eve = await buildNeighbor(api, maple, 'eve');
    const { id } = await buildRecipe(api, maple, ana, { title: 'Plum cake' });

    const updated = await api
      .as(eve)
      .run(UpdateRecipe, { input: { id, title: 'Mine' } });
    const deleted = await api.as(eve).run(DeleteRecipe, { input: { id } });

    expect(updated.data.updateRecipe).toEqual({
      recipe: null,
      errors: NOT_YOURS,
    });
    expect(deleted.data.deleteRecipe).toEqual({
      recipe: null,
      errors: NOT_YOURS,
    });
    expect(await titles(api.as(ana), maple)).toEqual(['Plum cake']);
  });

  it('deleteRecipe deletes the recipe and returns it a last time', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    const { id } = await buildRecipe(api, maple, ana);

    const { deleteRecipe } = (
      await api.as(ana).run(DeleteRecipe, { input: { id } })
    ).data;

    expect(deleteRecipe).toEqual({
      recipe: { id, title: 'Plum cake', author: { username: 'ana' } },
      errors: [],
    });
    expect((await api.as(ana).run(RecipeById, { id })).data.recipe).toBeNull();
    const again = await api.as(ana).run(DeleteRecipe, { input: { id } });
    expect(again.data.deleteRecipe?.errors).toEqual(NOT_YOURS);
  });

  it('concurrent deletions delete a recipe once, and it cannot be changed afterwards', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    const { id } = await buildRecipe(api, maple, ana);

    const clicks = await Promise.all(
      [1, 2, 3].map(() => api.as(ana).run(DeleteRecipe, { input: { id } })),
    );

    const payloads = clicks.map(({ data }) => data.deleteRecipe);
    expect(payloads.filter((payload) => payload?.recipe)).toHaveLength(1);
    expect(payloads.flatMap((payload) => payload?.errors ?? [])).toEqual([
      ...NOT_YOURS,
      ...NOT_YOURS,
    ]);
    const late = await api
      .as(ana)
      .run(UpdateRecipe, { input: { id, title: 'Pear cake' } });
    expect(late.data.updateRecipe?.errors).toEqual(NOT_YOURS);
  });

  it.each([
    '',
    'x',
    "' or 1=1 --",
    '00000000-0000-0000-0000-000000000000',
    'a\0b',
  ])('recipe and deleteRecipe find no recipe with the id %j', async (id) => {
    const { api, ana } = await mapleStreet({ database });

    expect((await api.as(ana).run(RecipeById, { id })).data).toEqual({
      recipe: null,
    });
    const deleted = await api.as(ana).run(DeleteRecipe, { input: { id } });
    expect(deleted.data.deleteRecipe?.errors).toEqual(NOT_YOURS);
  });
});

describe.each(DATABASES)('visibility of recipes (%s)', (database) => {
  it.each<[string, ViewerStatus]>([
    ['a non-member', null],
    ['a pending member', 'PENDING'],
    ['a suspended member', 'SUSPENDED'],
    ['a banned member', 'BANNED'],
    ['a former member', 'ENDED'],
  ])(
    'recipes are hidden from %s, who cannot add any',
    async (_, status) => {
      const { api, ana, maple, neighborhoodId } = await mapleStreet({
        database,
      });
      const { id } = await buildRecipe(api, maple, ana);
      const eve = await buildPerson(api, 'eve');
      if (status) await buildMembership(api, maple, eve, { status });

      expect(
        (await api.as(eve).run(RecipeById, { id })).data.recipe,
      ).toBeNull();
      expect(await titles(api.as(eve), maple)).toEqual([]);
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
      expect(await titles(api.as(ana), maple)).toEqual(['Plum cake']);
    },
  );

  it('recipes of a neighborhood are not listed in another one', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    const ben = await buildPerson(api, 'ben');
    const oak = await buildNeighborhood(api, ben);
    await buildMembership(api, oak, ana);
    await buildRecipe(api, maple, ana, { title: 'Plum cake' });
    await buildRecipe(api, oak, ben, { title: 'Toast' });

    expect(await titles(api.as(ana), maple)).toEqual(['Plum cake']);
    expect(await titles(api.as(ana), oak)).toEqual(['Toast']);
    expect(await titles(api.as(ben), maple)).toEqual([]);
  });

  it('a block hides the recipes of two users from each other only', async () => {
    const { api, ana, maple } = await mapleStreet({ database });
    const ben = await buildNeighbor(api, maple, 'ben');
    const carl = await buildNeighbor(api, maple, 'carl');
    const { id } = await buildRecipe(api, maple, ana, { title: 'Plum cake' });
    await buildRecipe(api, maple, ben, { title: 'Toast' });

    await buildBlock(api, ana, ben);

    expect(await titles(api.as(ana), maple)).toEqual(['Plum cake']);
    expect(await titles(api.as(ben), maple)).toEqual(['Toast']);
    expect(await titles(api.as(carl), maple)).toEqual(['Toast', 'Plum cake']);
    expect((await api.as(ben).run(RecipeById, { id })).data.recipe).toBeNull();
  });

  it.each(['SUSPENDED', 'BANNED', 'ENDED'] as const)(
    'recipes of a member who is %s are hidden until the membership is active again',
    async (status) => {
      const { api, ana, maple } = await mapleStreet({ database });
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
      const find = async () =>
        (
          await api
            .as(ana)
            .run<RecipesQuery, object>(
              `{ recipes(neighborhoodId: "${maple.id}", search: "toast") { edges { node { title } } } }`,
            )
        ).data.recipes.edges.length;

      await place(status);
      api.statements.length = 0;

      expect(await titles(api.as(ana), maple)).toEqual(['Plum cake']);
      expect(api.statements).toHaveLength(1);
      expect([await read(), await find()]).toEqual([undefined, 0]);
      await place('ACTIVE');
      expect(await titles(api.as(ana), maple)).toEqual(['Plum cake', 'Toast']);
      expect([await read(), await find()]).toEqual(['Toast', 1]);
    },
  );

  it('a suspended author can delete a recipe but not change it', async () => {
    const { api, maple } = await mapleStreet({ database });
    const eve = await buildNeighbor(api, maple, 'eve', { status: 'SUSPENDED' });
    const { id } = await buildRecipe(api, maple, eve);

    const updated = await api
      .as(eve)
      .run(UpdateRecipe, { input: { id, title: 'Pear cake' } });
    const deleted = await api.as(eve).run(DeleteRecipe, { input: { id } });

    expect(updated.data.updateRecipe?.errors).toMatchObject([
      { code: 'NOT_ALLOWED', field: ['id'] },
    ]);
    expect(deleted.data.deleteRecipe?.errors).toEqual([]);
  });
});

describe('tools of a recipe', () => {
  const toolsOf = async (caller: Caller, input: CreateRecipeInput) =>
    (
      await caller.run<CreateRecipeMutation, { input: CreateRecipeInput }>(
        'mutation ($input: CreateRecipeInput!) { createRecipe(input: $input) { recipe { tools } errors { code field } } }',
        { input },
      )
    ).data.createRecipe;

  it('tools are split by line, without empty lines', async () => {
    const { api, ana, neighborhoodId } = await mapleStreet();

    expect(
      await toolsOf(api.as(ana), {
        ...CAKE,
        neighborhoodId,
        tools: ' A whisk \n\n  A tin\n',
      }),
    ).toEqual({ recipe: { tools: ['A whisk', 'A tin'] }, errors: [] });
  });

  it('tools are optional', async () => {
    const { api, ana, neighborhoodId } = await mapleStreet();

    expect(await toolsOf(api.as(ana), { ...CAKE, neighborhoodId })).toEqual({
      recipe: { tools: [] },
      errors: [],
    });
  });

  it('a recipe has at most twenty tools', async () => {
    const { api, ana, neighborhoodId } = await mapleStreet();

    expect(
      await toolsOf(api.as(ana), {
        ...CAKE,
        neighborhoodId,
        tools: 'spoon\n'.repeat(21),
      }),
    ).toEqual({ recipe: null, errors: [{ code: 'LIMIT', field: ['tools'] }] });
  });

  it('updateRecipe replaces or removes the tools', async () => {
    const { api, ana, maple } = await mapleStreet();
    const { id } = await buildRecipe(api, maple, ana, { tools: 'A tin' });

    await api
      .as(ana)
      .run(UpdateRecipe, { input: { id, tools: 'A whisk\nA bowl' } });
    const tools = async () =>
      (
        await api
          .as(ana)
          .run<{ recipe: { tools: string[] } }, { id: string }>(
            'query ($id: ID!) { recipe(id: $id) { tools } }',
            { id },
          )
      ).data.recipe.tools;
    expect(await tools()).toEqual(['A whisk', 'A bowl']);
    await api.as(ana).run(UpdateRecipe, { input: { id, tools: '' } });

    expect(await tools()).toEqual([]);
  });
});

describe('validation of recipes', () => {
  it.each<[string, Partial<CreateRecipeInput>, string]>([
    ['no title', { title: ' \n ' }, 'title'],
    ['a title that is too long', { title: 'x'.repeat(121) }, 'title'],
    ['a title with a line break', { title: 'Plum\ncake' }, 'title'],
    ['a title with a NUL', { title: 'Plum\0cake' }, 'title'],
    ['an invisible title', { title: '\u3164\u200b' }, 'title'],
    ['a title with a Unicode line separator', { title: 'Plum\u2028cake' }, 'title'],
    ['a title with half an emoji', { title: 'Plum \ud83c' }, 'title'],
    ['no instructions', { instructions: '' }, 'instructions'],
    [
      'instructions that are too long',
      { instructions: '🍋'.repeat(10_001) },
      'instructions',
    ],
    [
      'instructions with a control character',
      { instructions: 'Bake\u001b[2J' },
      'instructions',
    ],
    ['a duration of zero', { minutesToComplete: 0 }, 'minutesToComplete'],
    ['a negative duration', { minutesToComplete: -5 }, 'minutesToComplete'],
    ['a duration of more than a week', { minutesToComplete: 10_081 }, 'minutesToComplete'],
  ])(
    'createRecipe refuses %s, names the field and stores nothing',
    async (_, input, field) => {
      const { api, ana, maple, neighborhoodId } = await mapleStreet();

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
      expect(await titles(api.as(ana), maple)).toEqual([]);
    },
  );

  it('updateRecipe validates like createRecipe', async () => {
    const { api, ana, maple } = await mapleStreet();
    const { id } = await buildRecipe(api, maple, ana);

    const { data } = await api.as(ana).run(UpdateRecipe, {
      input: { id, title: 'Pear cake', instructions: '  ' },
    });

    expect(data.updateRecipe?.errors.map(({ field }) => field)).toEqual([
      ['instructions'],
    ]);
    expect(await titles(api.as(ana), maple)).toEqual(['Plum cake']);
  });

  it('the maximum length of instructions counts characters, also of emoji', async () => {
    const { api, ana, neighborhoodId } = await mapleStreet();

    const { data } = await api.as(ana).run(CreateRecipe, {
      input: { ...CAKE, neighborhoodId, instructions: '🍋'.repeat(10_000) },
    });

    expect(data.createRecipe?.errors).toEqual([]);
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
    const { api, ana, maple } = await mapleStreet();

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
    const { api, ana, maple, neighborhoodId } = await mapleStreet();
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
    const { recipes } = (
      await api.as(ana).run(Recipes, { neighborhoodId, first: null })
    ).data;

    expect(recipes.edges).toHaveLength(20);
    expect(recipes.pageInfo.hasNextPage).toBe(true);
  });
});
