import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { Unauthenticated } from '../errors';
import type { UserRow } from '../users/user.entity';
import { updateProfile, type ProfileInput } from '../users/users';
import { claimPhotos, deletePhotos } from './photos';

/**
 * Changes a profile, photo included. Missing fields stay as they are.
 * @param input as the schema's `@constraint`s left it; null or an empty `photoId` removes the photo
 * @throws UserErrors NOT_FOUND where the photo is not an unused upload of theirs; Unauthenticated
 * where the account no longer exists
 */
export function changeProfile(
  em: EntityManager,
  userId: string,
  { photoId, ...text }: ProfileInput & { photoId?: string | null },
): Promise<void> {
  return inTransaction(em, async (em) => {
    const user = await updateProfile(em, userId, text);
    // The account has just been deleted, with its sessions.
    if (!user) throw new Unauthenticated('TOKEN_REVOKED', { whole: true });
    if (photoId !== undefined) await replacePhoto(em, user, toPhotoId(photoId));
  });
}

/** Returns the id of a photo; null for none. */
const toPhotoId = (photoId: string | null) =>
  photoId ? photoId.toLowerCase() : null;

/** Replaces the photo and deletes the former one, which is no longer used. */
async function replacePhoto(
  em: EntityManager,
  user: UserRow,
  photoId: string | null,
): Promise<void> {
  const had = user.photoId ?? null;
  if (photoId === had) return;
  if (photoId) await claimPhotos(em, user.id, [photoId], ['photoId']);
  user.photoId = photoId;
  await em.flush();
  if (had) await deletePhotos(em, [had]);
}
