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

/** Somebody's place in the neighborhood; null for strangers. */
type ViewerStatus = MembershipStatus | null;

/** A world with a neighborhood in it, and Ana, who started it. */
async function mapleStreet(options: TestAppOptions = {}) {
  const api = await testApp(options);
  const ana = await buildPerson(api, 'ana');
  const maple = await buildNeighborhood(api, ana);
  return { api, ana, maple, neighborhoodId: maple.id };
}

describe.each(DATABASES)('recipes on %s', (database) => {
  it('are shared with the neighbors', async () => {
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

  it('come newest first, page by page, without gaps or repetitions', async () => {
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
      // Meanwhile somebody shares another one: pages behind this one do not shift.
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

  it('with their authors are one SQL statement for a page of 50, and two with instructions', async () => {
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

  it('are changed by their author, as far as is said', async () => {
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

  it('are changed and deleted by nobody else: for others there is nothing to change', async () => {
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

  it('are deleted by their author, who is shown once more what it was', async () => {
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

  it('are deleted once, however often one clicks, and not changed after that', async () => {
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
  ])('that are asked for by the id %j do not exist', async (id) => {
    const { api, ana } = await mapleStreet({ database });

    expect((await api.as(ana).run(RecipeById, { id })).data).toEqual({
      recipe: null,
    });
    const deleted = await api.as(ana).run(DeleteRecipe, { input: { id } });
    expect(deleted.data.deleteRecipe?.errors).toEqual(NOT_YOURS);
  });
});

describe.each(DATABASES)('from outside, recipes on %s', (database) => {
  it.each<[string, ViewerStatus]>([
    ['a stranger', null],
    ['somebody who waits for an answer', 'PENDING'],
    ['a suspended neighbor', 'SUSPENDED'],
    ['somebody who was banned', 'BANNED'],
    ['somebody who has left', 'ENDED'],
  ])(
    'do not exist for %s, by id or in lists, and cannot be added',
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

  it('of another neighborhood do not come into a list of this one', async () => {
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

  it('of who blocked the other are gone for both, and for nobody else', async () => {
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
    'of an author who is %s are shown to nobody, until they are back',
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

  it('of one’s own can be deleted, though not changed, while one is suspended', async () => {
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

describe('the tools of a recipe', () => {
  const toolsOf = async (caller: Caller, input: CreateRecipeInput) =>
    (
      await caller.run<CreateRecipeMutation, { input: CreateRecipeInput }>(
        'mutation ($input: CreateRecipeInput!) { createRecipe(input: $input) { recipe { tools } errors { code field } } }',
        { input },
      )
    ).data.createRecipe;

  it('are one on each line, without the empty ones', async () => {
    const { api, ana, neighborhoodId } = await mapleStreet();

    expect(
      await toolsOf(api.as(ana), {
        ...CAKE,
        neighborhoodId,
        tools: ' A whisk \n\n  A tin\n',
      }),
    ).toEqual({ recipe: { tools: ['A whisk', 'A tin'] }, errors: [] });
  });

  it('need not be there', async () => {
    const { api, ana, neighborhoodId } = await mapleStreet();

    expect(await toolsOf(api.as(ana), { ...CAKE, neighborhoodId })).toEqual({
      recipe: { tools: [] },
      errors: [],
    });
  });

  it('are twenty at most', async () => {
    const { api, ana, neighborhoodId } = await mapleStreet();

    expect(
      await toolsOf(api.as(ana), {
        ...CAKE,
        neighborhoodId,
        tools: 'spoon\n'.repeat(21),
      }),
    ).toEqual({ recipe: null, errors: [{ code: 'LIMIT', field: ['tools'] }] });
  });

  it('are changed by their author, or taken away', async () => {
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

describe('a recipe', () => {
  it.each<[string, Partial<CreateRecipeInput>, string]>([
    ['no title', { title: ' \n ' }, 'title'],
    ['a title too long', { title: 'x'.repeat(121) }, 'title'],
    ['a title over two lines', { title: 'Plum\ncake' }, 'title'],
    ['a title with a NUL', { title: 'Plum\0cake' }, 'title'],
    ['a title that nobody can see', { title: '\u3164\u200b' }, 'title'],
    ['a title over two lines of Unicode', { title: 'Plum\u2028cake' }, 'title'],
    ['a title with half an emoji', { title: 'Plum \ud83c' }, 'title'],
    ['no instructions', { instructions: '' }, 'instructions'],
    [
      'instructions too long',
      { instructions: '🍋'.repeat(10_001) },
      'instructions',
    ],
    [
      'instructions with a control character',
      { instructions: 'Bake\u001b[2J' },
      'instructions',
    ],
    ['no time', { minutesToComplete: 0 }, 'minutesToComplete'],
    ['less than no time', { minutesToComplete: -5 }, 'minutesToComplete'],
    ['more than a week', { minutesToComplete: 10_081 }, 'minutesToComplete'],
  ])(
    'with %s is refused by the name of the field, and not stored',
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

  it('that is changed keeps to the same rules', async () => {
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

  it('can be as long as is allowed, in emoji', async () => {
    const { api, ana, neighborhoodId } = await mapleStreet();

    const { data } = await api.as(ana).run(CreateRecipe, {
      input: { ...CAKE, neighborhoodId, instructions: '🍋'.repeat(10_000) },
    });

    expect(data.createRecipe?.errors).toEqual([]);
  });
});

describe('a page', () => {
  it.each([
    ['first: 0', 'first'],
    ['first: -1', 'first'],
    ['first: 51', 'first'],
    ['after: "x"', 'after'],
    ['after: ""', 'after'],
  ])('of %s is refused and the argument named', async (args, name) => {
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

  it('holds twenty where nothing else is said, and can be empty', async () => {
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
