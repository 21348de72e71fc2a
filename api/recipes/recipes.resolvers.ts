import { validate as isUuid } from 'uuid';
import { toConnection, toPage } from '../pagination';
import type { Context, SignedInContext } from '../context';
import { toWords } from '../database/searchWords';
import type { Resolvers } from '../generated/types';
import { readInTurn } from '../limits/searches';
import { renamedId } from '../renamedId';
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

/** Recipes, and their authors. */
export const recipeResolvers = {
  Query: {
    async recipes(_, { neighborhoodId, search, ...args }, context) {
      const page = toPage(args);
      const words = toWords(search);
      if (!isUuid(neighborhoodId) || words?.length === 0)
        return toConnection<Recipe>([], page);
      const { reads, viewer } = context;
      const id = neighborhoodId.toLowerCase();
      const recipes = await readInTurn(context, words, () =>
        readRecipes(reads, viewer.userId, id, words, page),
      );
      return toConnection(recipes, page);
    },
    recipe: (_, { id }, { reads, viewer }) =>
      isUuid(id) ? readRecipe(reads, viewer.userId, id) : null,
  },
  Mutation: {
    createRecipe: async (_, { input }, context) =>
      payload(
        await createRecipe(context.em, context.viewer.userId, input),
        context,
      ),
    updateRecipe: async (_, { input }, context) =>
      payload(
        await updateRecipe(context.em, context.viewer.userId, {
          ...input,
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
  Recipe: {
    neighborhood: ({ neighborhoodId }, _, { loaders }) =>
      loaders.neighborhoods.load(neighborhoodId),
    tools: ({ tools }) => (tools ? tools.split('\n') : []),
    instructions: ({ id, instructions }, _, { loaders }) =>
      instructions ?? loaders.instructions.load(id),
  },
} satisfies Resolvers;
