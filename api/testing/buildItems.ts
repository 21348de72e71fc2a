import type { App } from '../app';
import {
  type Neighborhood,
  NeighborhoodEntity,
} from '../neighborhoods/neighborhood.entity';
import { type ItemRow, ItemEntity } from '../items/item.entity';
import { UserEntity } from '../users/user.entity';
import {
  type PhotoRow,
  PhotoEntity,
  PhotoFileEntity,
} from '../photos/photo.entity';
import { ItemPhotoEntity } from '../items/itemPhoto.entity';
import { type RecipeRow, RecipeEntity } from '../recipes/recipe.entity';
import type { Person } from './buildPeople';
import { searchWords } from '../database/searchWords';

/** Creates an item that can be borrowed for at most a week. */
export async function buildItem(
  { services }: App,
  neighborhood: Neighborhood,
  { user }: Person,
  overrides: Partial<
    Pick<
      ItemRow,
      | 'title'
      | 'description'
      | 'category'
      | 'maxLoanDays'
      | 'bufferDays'
      | 'pickupNote'
      | 'status'
      | 'retiredReason'
    >
  > = {},
): Promise<ItemRow> {
  const em = services.orm.em.fork();
  const { title = 'Drill', description = 'With a case of bits.' } = overrides;
  const item = em.create(ItemEntity, {
    owner: em.getReference(UserEntity, user.id),
    neighborhood: em.getReference(NeighborhoodEntity, neighborhood.id),
    title,
    description,
    searchWords: searchWords(title, description),
    category: 'TOOLS',
    maxLoanDays: 7,
    bufferDays: 0,
    pickupNote: 'Ring twice.',
    status: 'ACTIVE',
    updatedAt: new Date(),
    ...overrides,
  });
  await em.flush();
  return item;
}

/** Creates an uploaded picture that nothing uses. */
export async function buildPhoto(
  { services }: App,
  { user }: Person,
): Promise<PhotoRow> {
  const em = services.orm.em.fork();
  const photo = em.create(PhotoEntity, {
    uploader: em.getReference(UserEntity, user.id),
    width: 1600,
    height: 1200,
  });
  for (const size of ['SMALL', 'LARGE'] as const)
    em.create(PhotoFileEntity, { photo, size, bytes: Buffer.from(size) });
  await em.flush();
  return photo;
}

/** Adds a picture to an item. */
export async function buildItemPhoto(
  { services }: App,
  item: ItemRow,
  photo: PhotoRow,
  position = 0,
): Promise<void> {
  const em = services.orm.em.fork();
  await em.insert(ItemPhotoEntity, {
    item: item.id,
    photo: photo.id,
    position,
  });
}

/** Creates a recipe. */
export async function buildRecipe(
  { services }: App,
  neighborhood: Neighborhood,
  { user }: Person,
  overrides: Partial<
    Pick<RecipeRow, 'title' | 'instructions' | 'minutesToComplete' | 'tools'>
  > = {},
): Promise<RecipeRow> {
  const em = services.orm.em.fork();
  const now = new Date();
  const { title = 'Plum cake', instructions = 'Bake it.' } = overrides;
  const recipe = em.create(RecipeEntity, {
    author: em.getReference(UserEntity, user.id),
    neighborhood: em.getReference(NeighborhoodEntity, neighborhood.id),
    title,
    instructions,
    searchWords: searchWords(title, instructions),
    minutesToComplete: 60,
    createdAt: now,
    updatedAt: now,
    ...overrides,
  });
  await em.flush();
  return recipe;
}
