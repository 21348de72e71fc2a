import type { EntityManager } from '../database/orm';
import { UserErrors } from '../errors';
import { text, type Text } from '../language/text';
import { claimPhotos, deletePhotos } from '../photos/photos';
import { PhotoEntity } from '../photos/photo.entity';
import type { ItemRow } from './item.entity';
import { ItemPhotoEntity } from './itemPhoto.entity';

/** Maximum number of pictures of an item. */
const MAX_PHOTOS = 6;

/**
 * Sets the pictures of an item, in this order. Pictures that are no longer listed are deleted.
 * @param ids pictures of the item, and unused uploads of its owner
 * @throws UserErrors LIMIT, INVALID for duplicates, NOT_FOUND for any other
 */
export async function setItemPhotos(
  em: EntityManager,
  item: ItemRow,
  ids: readonly string[],
): Promise<void> {
  const wanted = ids.map((id) => id.toLowerCase());
  if (wanted.length > MAX_PHOTOS)
    throw refusal('LIMIT', text('items.photosAtMost', { count: MAX_PHOTOS }));
  if (new Set(wanted).size < wanted.length)
    throw refusal('INVALID', text('items.photoTwice'));
  const shown = await em.find(
    ItemPhotoEntity,
    { item },
    { disableIdentityMap: true },
  );
  const had = shown.map(({ photo }) => photo.id);
  const added = wanted.filter((id) => !had.includes(id));
  await claimPhotos(em, item.owner.id, added, ['photoIds']);
  // Deleted and inserted again: updates in place would give two pictures the same position temporarily.
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

const refusal = (code: 'LIMIT' | 'INVALID', message: Text) =>
  new UserErrors({ code, message, field: ['photoIds'] });
