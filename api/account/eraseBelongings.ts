import { SessionEntity } from '../sessions/session.entity';
import { deleteTokens } from '../passwords/oneTimeTokens';
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
  await em.execute(
    'delete from item_photos where item_id in (select id from items where owner_id = ?)',
    [userId],
    'run',
  );
  await em.nativeDelete(PhotoEntity, { uploader: userId });
  await em.execute(
    'delete from items where owner_id = ? and not exists (select 1 from loans where loans.item_id = items.id)',
    [userId],
    'run',
  );
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
