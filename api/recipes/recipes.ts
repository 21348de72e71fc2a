import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { searchWords } from '../database/searchWords';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import { lockOwnNeighborhood } from '../neighborhoods/neighborhoods';
import { UserEntity } from '../users/user.entity';
import { RecipeEntity, type RecipeRow } from './recipe.entity';

/** Fields of a recipe that its author edits. */
export type RecipeText = {
  title: string;
  instructions: string;
  minutesToComplete: number;
  /** The equipment besides ingredients. */
  equipment?: readonly string[] | null;
};

/** Maximum number of recipes of a person in a neighborhood. */
const MAX_RECIPES = 500;
/** Maximum number of texts about the equipment of a recipe. */
const MAX_EQUIPMENT = 20;

/**
 * Shares a recipe with a neighborhood.
 * @param text as the schema's `@constraint`s left it
 * @returns the id of the recipe
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED or LIMIT
 */
export function createRecipe(
  em: EntityManager,
  authorId: string,
  {
    neighborhoodId,
    equipment,
    ...text
  }: RecipeText & { neighborhoodId: string },
): Promise<string> {
  return inTransaction(em, async (em) => {
    const neighborhood = await lockOwnNeighborhood(
      em,
      authorId,
      neighborhoodId,
    );
    const own = { author: authorId, neighborhood: neighborhood.id };
    if ((await em.count(RecipeEntity, own)) >= MAX_RECIPES)
      throw tooManyRecipes();
    const now = new Date();
    const recipe = em.create(RecipeEntity, {
      ...text,
      searchWords: searchWords(text.title, text.instructions),
      tools: equipmentLines(equipment ?? []),
      neighborhood,
      author: em.getReference(UserEntity, authorId),
      createdAt: now,
      updatedAt: now,
    });
    await em.flush();
    return recipe.id;
  });
}

/**
 * Changes a recipe of this author. Missing fields and nulls stay as they are.
 * @param input as the schema's `@constraint`s left it
 * @returns the id of the recipe
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED or LIMIT
 */
export function updateRecipe(
  em: EntityManager,
  authorId: string,
  input: { id: string } & {
    [Key in keyof RecipeText]?: RecipeText[Key] | null;
  },
): Promise<string> {
  return inTransaction(em, async (em) => {
    const recipe = await ownRecipe(em, authorId, input.id);
    await lockOwnNeighborhood(em, authorId, recipe.neighborhood.id, [
      'recipeId',
    ]);
    const title = input.title ?? recipe.title;
    const instructions = input.instructions ?? recipe.instructions;
    const changes = {
      title,
      instructions,
      searchWords: searchWords(title, instructions),
      minutesToComplete: input.minutesToComplete ?? recipe.minutesToComplete,
      tools: input.equipment ? equipmentLines(input.equipment) : recipe.tools,
      updatedAt: new Date(),
    };
    // The affected rows tell whether it still exists: it may have been deleted since.
    const own = { id: recipe.id, author: authorId };
    if (!(await em.nativeUpdate(RecipeEntity, own, changes)))
      throw recipeNotFound();
    return recipe.id;
  });
}

/**
 * Deletes a recipe of the author's, for good.
 * @returns the last state of the recipe, as it can no longer be read
 * @throws UserErrors NOT_FOUND
 */
export async function deleteRecipe(
  em: EntityManager,
  authorId: string,
  id: string,
): Promise<RecipeRow> {
  const recipe = await ownRecipe(em, authorId, id);
  // Of two simultaneous requests one deletes it.
  const own = { id: recipe.id, author: authorId };
  if (!(await em.nativeDelete(RecipeEntity, own))) throw recipeNotFound();
  return recipe;
}

/**
 * Joins the equipment of a recipe to a text with a line for each.
 * @throws UserErrors LIMIT
 */
function equipmentLines(equipment: readonly string[]): string {
  const lines = equipment.map((line) => line.trim()).filter(Boolean);
  if (lines.length > MAX_EQUIPMENT)
    throw new UserErrors({
      code: 'LIMIT',
      message: text('recipes.equipmentAtMost', { count: MAX_EQUIPMENT }),
      field: ['equipment'],
    });
  return lines.join('\n');
}

/** Reads a recipe of this author. The author is part of the query, so no later check is needed. */
async function ownRecipe(
  em: EntityManager,
  author: string,
  id: string,
): Promise<RecipeRow> {
  const recipe = isUuid(id)
    ? await em.findOne(RecipeEntity, { id: id.toLowerCase(), author })
    : null;
  if (!recipe) throw recipeNotFound();
  return recipe;
}

const tooManyRecipes = () =>
  new UserErrors({
    code: 'LIMIT',
    message: text('recipes.limit', { count: MAX_RECIPES }),
    field: null,
  });

const recipeNotFound = () =>
  new UserErrors({
    code: 'NOT_FOUND',
    message: text('recipes.notFound'),
    field: ['recipeId'],
  });
