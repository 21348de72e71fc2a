import { SessionEntity } from '../sessions/session.entity';
import { deleteTokens } from '../passwords/oneTimeTokens';
import { deleteItemPhotosOf, deleteItemsNeverAskedFor } from './account.reads';
import { BlockEntity } from '../blocks/block.entity';
import { CalendarFeedEntity } from '../calendarFeeds/calendarFeed.entity';
import type { EntityManager } from '../database/orm';
import { ItemEntity } from '../items/item.entity';
import { NotificationEntity } from '../notifications/notification.entity';
import { PhotoEntity } from '../photos/photo.entity';
import { RecipeEntity } from '../recipes/recipe.entity';
import { MailPauseEntity } from '../deliveries/mailPause.entity';
import { DigestEntity } from '../digests/digest.entity';
import { DeliveryEntity } from '../notifications/delivery.entity';
import { PushDeviceEntity } from '../push/pushDevice.entity';
import { TopicChoiceEntity } from '../topics/topicChoice.entity';
import { ReminderMailEntity } from '../reminders/reminderMail.entity';

/**
 * Deletes data that concerns only the user. Items that were requested before keep their title, for the
 * borrowers' lists of loans, and nothing else. Blocks by others stay, as old loans would become visible
 * otherwise.
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
    { description: '', pickupNote: '', searchWords: '' },
  );
  await em.nativeDelete(RecipeEntity, { author: userId });
  await em.nativeDelete(NotificationEntity, { recipient: userId });
  await em.nativeDelete(BlockEntity, { blocker: userId });
  await em.nativeUpdate(
    BlockEntity,
    { blocked: userId },
    { name: null, username: null },
  );
  await em.nativeDelete(ReminderMailEntity, { user: userId });
  await em.nativeDelete(CalendarFeedEntity, { user: userId });
  await em.nativeDelete(DeliveryEntity, { recipient: userId });
  await em.nativeDelete(MailPauseEntity, { user: userId });
  await em.nativeDelete(DigestEntity, { user: userId });
  await em.nativeDelete(PushDeviceEntity, { user: userId });
  await em.nativeDelete(TopicChoiceEntity, { user: userId });
  await deleteTokens(em, userId);
  // The rows stay until all tokens of the user have expired.
  await em.nativeUpdate(SessionEntity, { user: userId }, { userAgent: '' });
}
