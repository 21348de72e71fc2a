import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import type { UserRow } from '../users/user.entity';
import { updateProfile, type ProfileInput } from '../users/users';
import { claimPhotos, deletePhotos } from './photos';

/**
 * Changes what neighbors read and see of a person. What is missing or null stays as it is.
 * @param input as the schema's `@constraint`s left it; an empty `photoId` takes the picture away
 * @returns null where there is no such person any more
 * @throws UserErrors NOT_FOUND where the picture is not an unused upload of theirs
 */
export function changeProfile(
  em: EntityManager,
  userId: string,
  { photoId, ...text }: ProfileInput & { photoId?: string | null },
): Promise<UserRow | null> {
  return inTransaction(em, async (em) => {
    const user = await updateProfile(em, userId, text);
    if (user && photoId != null)
      await showPhoto(em, user, photoId.toLowerCase() || null);
    return user;
  });
}

/** The picture that was there before is deleted: nothing shows it any more. */
async function showPhoto(
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
