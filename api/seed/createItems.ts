import { ItemEntity, type ItemRow } from '../items/item.entity';
import { ItemPhotoEntity } from '../items/itemPhoto.entity';
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import { RecipeEntity } from '../recipes/recipe.entity';
import type { UserRow } from '../users/user.entity';
import type { EntityManager } from '../database/orm';
import { createPhoto, type Album } from './album';
import { createdAgo, lookup, type Lookup } from './pastRows';
import type { SeedItem } from './items';
import { RECIPES } from './recipes';
import { searchWords } from '../database/searchWords';

const HOURS_BETWEEN_ITEMS = 36;
const HOURS_BETWEEN_RECIPES = 31;

/** Creates the items, taking the categories in turn, so that neighbors in the list differ. */
export function createItems(
  em: EntityManager,
  items: readonly SeedItem[],
  neighborhood: Neighborhood,
  person: Lookup<UserRow>,
  album: Album,
): Lookup<ItemRow> {
  const seen = new Map<string, number>();
  const ordered = items
    .map((item) => {
      const round = seen.get(item.category) ?? 0;
      seen.set(item.category, round + 1);
      // Items that lists do not show are the oldest.
      return { item, round: item.status === 'ACTIVE' ? round : -1 };
    })
    .sort((one, other) => one.round - other.round);
  const rows = ordered.map(({ item }, index) => {
    const { title, category, maxLoanDays, bufferDays, description, status } =
      item;
    const owner = person(item.owner);
    const hoursAgo = (ordered.length - index) * HOURS_BETWEEN_ITEMS;
    const { id, createdAt } = createdAgo(hoursAgo);
    const row = em.create(ItemEntity, {
      title,
      category,
      maxLoanDays,
      bufferDays,
      description,
      searchWords: searchWords(title, description),
      status,
      id,
      createdAt,
      updatedAt: createdAt,
      owner,
      neighborhood,
      pickupNote: 'Write me before you come, then I am at home.',
      retiredReason: status === 'RETIRED' ? 'LOST' : null,
    });
    const pictures = album.items.get(item.title) ?? [];
    for (const [position, picture] of pictures.entries())
      em.create(ItemPhotoEntity, {
        item: row,
        position,
        photo: createPhoto(em, owner, picture, hoursAgo + 0.1),
      });
    return [item.title, row] as const;
  });
  return lookup(new Map(rows));
}

/** Creates the recipes. */
export function createRecipes(
  em: EntityManager,
  neighborhood: Neighborhood,
  person: Lookup<UserRow>,
): void {
  for (const [index, { author, ...text }] of RECIPES.entries()) {
    const { id, createdAt } = createdAgo(
      (RECIPES.length - index) * HOURS_BETWEEN_RECIPES,
    );
    em.create(RecipeEntity, {
      ...text,
      searchWords: searchWords(text.title, text.instructions),
      id,
      createdAt,
      updatedAt: createdAt,
      author: person(author),
      neighborhood,
    });
  }
}
