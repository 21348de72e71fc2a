import { OneTimeTokenEntity } from './passwords/oneTimeToken.entity';
import { SessionEntity } from './sessions/session.entity';
import { BlockEntity } from './blocks/block.entity';
import { CalendarFeedEntity } from './calendarFeeds/calendarFeed.entity';
import { ItemEntity } from './items/item.entity';
import { ItemPhotoEntity } from './items/itemPhoto.entity';
import { AttemptEntity } from './limits/attempt.entity';
import { BookedDayEntity } from './loans/bookedDay.entity';
import { ExtensionEntity } from './loans/extension.entity';
import { LoanEntity } from './loans/loan.entity';
import { UndoStepEntity } from './loans/undoStep.entity';
import { MessageEntity } from './messages/message.entity';
import { InviteEntity } from './neighborhoods/invite.entity';
import { MembershipEntity } from './neighborhoods/membership.entity';
import { NeighborhoodEntity } from './neighborhoods/neighborhood.entity';
import { DeliveryEntity } from './notifications/delivery.entity';
import { NotificationEntity } from './notifications/notification.entity';
import { PhotoEntity, PhotoFileEntity } from './photos/photo.entity';
import { PushDeviceEntity } from './push/pushDevice.entity';
import { RecipeEntity } from './recipes/recipe.entity';
import { MailPauseEntity } from './deliveries/mailPause.entity';
import { DigestEntity } from './digests/digest.entity';
import { ReminderMailEntity } from './reminders/reminderMail.entity';
import { ReportEntity } from './reports/report.entity';
import { TopicChoiceEntity } from './topics/topicChoice.entity';
import { UserEntity } from './users/user.entity';

/** Every entity of the database, in the order in which they depend on each other. */
export const entities = [
  UserEntity,
  SessionEntity,
  OneTimeTokenEntity,
  BlockEntity,
  PushDeviceEntity,
  TopicChoiceEntity,
  DeliveryEntity,
  NotificationEntity,
  PhotoEntity,
  PhotoFileEntity,
  NeighborhoodEntity,
  MembershipEntity,
  InviteEntity,
  ItemEntity,
  ItemPhotoEntity,
  RecipeEntity,
  LoanEntity,
  ExtensionEntity,
  UndoStepEntity,
  BookedDayEntity,
  MessageEntity,
  ReportEntity,
  ReminderMailEntity,
  CalendarFeedEntity,
  MailPauseEntity,
  DigestEntity,
  AttemptEntity,
] as const;
