import { validate as isUuid } from 'uuid';
import { toConnection, toPage } from '../pagination';
import type { Context, SignedInContext } from '../context';
import { toWords } from '../database/searchWords';
import type { Resolvers } from '../generated/types';
import { readInTurn } from '../limits/searches';
import { assertNewNameAlone, renamedId } from '../renamedId';
import type { Recipe, RecipeRow } from './recipe.entity';
import { createRecipe, deleteRecipe, updateRecipe } from './recipes';
import { readRecipe, readRecipes } from './recipes.reads';

/** Creates the payload of a new or changed recipe. */
const payload = async (id: string, { reads, viewer }: SignedInContext) => ({
  recipe: await readRecipe(reads, viewer.userId, id),
  errors: [],
});

/** Creates the payload of a deleted recipe, which cannot be read back. */
async function deletedPayload(row: RecipeRow, { loaders }: Context) {
  const author = await loaders.namedPeople.load(row.author.id);
  const recipe: Recipe = {
    ...row,
    author,
    neighborhoodId: row.neighborhood.id,
  };
  return { recipe, errors: [] };
}

/**
 * Replaces the deprecated `tools` of an input, a text of lines, by `equipment`.
 * @throws UserErrors INVALID where there are both
 */
function withoutTools<
  Input extends { tools?: string | null; equipment?: string[] | null },
>({ tools, ...input }: Input) {
  assertNewNameAlone('tools', tools, 'equipment', input.equipment);
  return { ...input, equipment: input.equipment ?? tools?.split('\n') };
}

/** Lists what a recipe needs besides ingredients. */
const equipmentOf = ({ tools }: Pick<Recipe, 'tools'>) =>
  tools ? tools.split('\n') : [];

type ListArguments = {
  search?: string | null;
  first: number;
  after?: string | null;
};

/** Lists the recipes of a neighborhood that the viewer can see. */
async function listRecipes(
  id: string,
  { search, ...args }: ListArguments,
  context: Context,
) {
  const page = toPage(args);
  const words = toWords(search);
  const { reads, viewer } = context;
  if (!viewer || !isUuid(id) || words?.length === 0)
    return toConnection<Recipe>([], page);
  const recipes = await readInTurn({ ...context, viewer }, words, () =>
    readRecipes(reads, viewer.userId, id.toLowerCase(), words, page),
  );
  return toConnection(recipes, page);
}

/** Recipes, and their authors. */
export const recipeResolvers = {
  Query: {
    recipes: (_, { neighborhoodId, ...args }, context) =>
      listRecipes(neighborhoodId, args, context),
    recipe: (_, { id }, { reads, viewer }) =>
      isUuid(id) ? readRecipe(reads, viewer.userId, id) : null,
  },
  Mutation: {
    createRecipe: async (_, { input }, context) =>
      payload(
        await createRecipe(
          context.em,
          context.viewer.userId,
          withoutTools(input),
        ),
        context,
      ),
    updateRecipe: async (_, { input }, context) =>
      payload(
        await updateRecipe(context.em, context.viewer.userId, {
          ...withoutTools(input),
          id: renamedId(input, 'recipeId'),
        }),
        context,
      ),
    deleteRecipe: async (_, { input }, context) =>
      deletedPayload(
        await deleteRecipe(
          context.em,
          context.viewer.userId,
          renamedId(input, 'recipeId'),
        ),
        context,
      ),
  },
  Neighborhood: {
    recipes: ({ id }, args, context) => listRecipes(id, args, context),
  },
  Recipe: {
    neighborhood: ({ neighborhoodId }, _, { loaders }) =>
      loaders.neighborhoods.load(neighborhoodId),
    equipment: equipmentOf,
    tools: equipmentOf,
    instructions: ({ id, instructions }, _, { loaders }) =>
      instructions ?? loaders.instructions.load(id),
  },
} satisfies Resolvers;
