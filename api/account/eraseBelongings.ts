import { SessionEntity } from '../sessions/session.entity';
import { deleteTokens } from '../passwords/oneTimeTokens';
import { deleteItemPhotosOf, deleteItemsNeverAskedFor } from './account.reads';
import { BlockEntity } from '../blocks/block.entity';
import type { EntityManager } from '../database/orm';
import { ItemEntity } from '../items/item.entity';
import { NotificationEntity } from '../notifications/notification.entity';
import { PhotoEntity } from '../photos/photo.entity';
import { RecipeEntity } from '../recipes/recipe.entity';
import { ReminderMailEntity } from '../reminders/reminderMail.entity';

/**
 * Deletes what is only theirs. Of an item that was asked for before, its borrowers keep the title in
 * their list of loans, and nothing else. Whom others have blocked stays blocked, as otherwise old
 * loans would come to light again.
 */
export async function eraseBelongings(
  em: EntityManager,
  userId: string,
): Promise<void> {
  await deleteItemPhotosOf(em, userId);
  await em.nativeDelete(PhotoEntity, { uploader: userId });
  await deleteItemsNeverAskedFor(em, userId);
  await em.nativeUpdate(
    ItemEntity,
    { owner: userId },
    { description: '', pickupNote: '' },
  );
  await em.nativeDelete(RecipeEntity, { author: userId });
  await em.nativeDelete(NotificationEntity, { recipient: userId });
  await em.nativeDelete(BlockEntity, { blocker: userId });
  await em.nativeDelete(ReminderMailEntity, { user: userId });
  await deleteTokens(em, userId);
  // The rows stay until no token of theirs is alive.
  await em.nativeUpdate(SessionEntity, { user: userId }, { userAgent: '' });
}
