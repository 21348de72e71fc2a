import type DataLoader from 'dataloader';
import { notBlocked } from '../blocks/blocks.reads';
import { createLoader } from '../database/loading';
import type { Page } from '../pagination';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { sql, type Sql } from '../database/sql';
import { listScan } from '../database/search';
import { activeIn, isActiveMember } from '../neighborhoods/neighborhoods.reads';
import {
  readNewThings,
  type NewThing,
  type NewThingsOf,
} from '../neighborhoods/newThings.reads';
import { UserEntity } from '../users/user.entity';
import { PUBLIC_USER_PROPERTIES } from '../users/users.reads';
import { RecipeEntity, type Recipe } from './recipe.entity';

const recipeColumns = columnsOf(RecipeEntity, 'r', {
  only: [
    'id',
    'title',
    'minutesToComplete',
    'tools',
    'neighborhoodId',
    'createdAt',
    'updatedAt',
  ],
});
const authorColumns = columnsOf(UserEntity, 'u', {
  only: PUBLIC_USER_PROPERTIES,
  prefix: 'author.',
});

/** Columns of a `Recipe`. Its author is joined, as lists of recipes always show it. */
const COLUMNS = sql`${recipeColumns.list}, ${authorColumns.list}`;

type Row = RowOf<typeof recipeColumns> & RowOf<typeof authorColumns>;

const toRecipe = (row: Row): Recipe =>
  Object.assign(recipeColumns.toValue(row), {
    author: authorColumns.toValue(row),
  });

const AUTHOR_IS_ACTIVE = isActiveMember(
  sql`r.author_id`,
  sql`r.neighborhood_id`,
);

/** Condition: lists of its neighborhood show the recipe `r` to an active member. */
const isListed = (viewerId: string): Sql =>
  sql`${AUTHOR_IS_ACTIVE} and ${notBlocked(sql`r.author_id`, viewerId)}`;

/**
 * Reads a page of a neighborhood's recipes, newest first, and one more row where there is another page.
 * Active members see those of active members, unless the two have blocked each other.
 * @param words at least one, all of which they must hold; null for all recipes
 */
export async function readRecipes(
  reads: Reads,
  viewerId: string,
  neighborhoodId: string,
  words: readonly string[] | null,
  { first, after }: Page,
): Promise<Recipe[]> {
  const scan = await listScan(reads, {
    table: 'recipes',
    alias: 'r',
    neighborhoodId,
    words,
    after,
  });
  // The viewer's own membership comes first: without one the scan reads no recipes.
  const rows = await reads.all<Row>(
    sql`select ${COLUMNS} from memberships mine cross join ${scan.tables}
    cross join users u
    where mine.neighborhood_id = ${neighborhoodId} and mine.user_id = ${viewerId} and mine.status = 'ACTIVE'
    and ${scan.where} and r.neighborhood_id = mine.neighborhood_id
    and u.id = r.author_id and ${isListed(viewerId)}
    order by ${scan.newestFirst} limit ${first + 1}`,
  );
  return rows.map(toRecipe);
}

/** Reads the newest recipes of neighbors that lists show a user, of all their neighborhoods. */
export const readNewRecipes = (
  reads: Reads,
  viewer: NewThingsOf,
): Promise<NewThing[]> =>
  readNewThings(reads, viewer, {
    table: sql`recipes r`,
    thing: sql`r`,
    personId: sql`r.author_id`,
    isListed: isListed(viewer.viewerId),
  });

/**
 * Reads one recipe; null where the viewer cannot see it.
 * @param id a UUID, in any case
 */
export async function readRecipe(
  reads: Reads,
  viewerId: string,
  id: string,
): Promise<Recipe | null> {
  const [row] = await reads.all<Row>(
    sql`select ${COLUMNS} from recipes r join users u on u.id = r.author_id
    where r.id = ${id.toLowerCase()} and ${activeIn(sql`r.neighborhood_id`, viewerId)} and ${isListed(viewerId)}`,
  );
  return row ? toRecipe(row) : null;
}

/**
 * Creates the loader of instructions by the recipes' ids, for one request. They are long and lists
 * seldom show them, so lists do not read them; a whole page of them takes one more statement.
 */
export const createInstructionsLoader = (
  reads: Reads,
): DataLoader<string, string> =>
  createLoader<{ instructions: string }, string>(
    reads,
    (ids) =>
      sql`select id as key, instructions from recipes where id in (${ids})`,
    // A recipe that has just been deleted is still in the list, without its text.
    ([row]) => row?.instructions ?? '',
  );
