import type { EntityManager } from '../database/orm';
import { UserErrors } from '../errors';
import { claimPhotos, deletePhotos } from '../photos/photos';
import { PhotoEntity } from '../photos/photo.entity';
import type { ItemRow } from './item.entity';
import { ItemPhotoEntity } from './itemPhoto.entity';

/** How many pictures an item may have. */
const MAX_PHOTOS = 6;

/**
 * Gives an item just these pictures, in this order; those that it had and loses are deleted.
 * @param ids pictures that it has, and uploads of its owner's that nothing shows yet
 * @throws UserErrors LIMIT, INVALID for one that is there twice, NOT_FOUND for any other
 */
export async function setItemPhotos(
  em: EntityManager,
  item: ItemRow,
  ids: readonly string[],
): Promise<void> {
  const wanted = ids.map((id) => id.toLowerCase());
  if (wanted.length > MAX_PHOTOS)
    throw refusal('LIMIT', `An item has ${MAX_PHOTOS} pictures at most`);
  if (new Set(wanted).size < wanted.length)
    throw refusal('INVALID', 'Add each picture only once');
  const shown = await em.find(
    ItemPhotoEntity,
    { item },
    { disableIdentityMap: true },
  );
  const had = shown.map(({ photo }) => photo.id);
  const added = wanted.filter((id) => !had.includes(id));
  await claimPhotos(em, item.owner.id, added, ['photoIds']);
  // All anew: in place, two of them would have the same position for a moment.
  await em.nativeDelete(ItemPhotoEntity, { item });
  await deletePhotos(
    em,
    had.filter((id) => !wanted.includes(id)),
  );
  if (wanted.length === 0) return;
  await em.insertMany(
    ItemPhotoEntity,
    wanted.map((id, position) => ({
      item,
      position,
      photo: em.getReference(PhotoEntity, id),
    })),
  );
}

const refusal = (code: 'LIMIT' | 'INVALID', message: string) =>
  new UserErrors({ code, message, field: ['photoIds'] });
