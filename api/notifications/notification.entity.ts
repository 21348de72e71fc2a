import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { UserEntity } from '../users/user.entity';
import type { NotificationKind } from '../generated/types';

export type { NotificationKind };

/**
 * An event that concerns a user. It is written in the transaction of the event. Its subject belongs
 * to concepts downstream, so it is referenced by id alone.
 */
export const NotificationEntity = defineEntity({
  name: 'Notification',
  tableName: 'notifications',
  indexes: [
    { properties: ['recipient', 'id'] },
    { properties: ['createdAt'] },
    {
      name: 'notifications_unread_index',
      expression:
        'create index notifications_unread_index on notifications (recipient_id) where read_at is null',
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    recipient: () => p.manyToOne(UserEntity).ref(),
    kind: p.string().$type<NotificationKind>(),
    /** The user who caused it; null for the system. */
    actorId: p.uuid().nullable(),
    loanId: p.uuid().nullable(),
    messageId: p.uuid().nullable(),
    reportId: p.uuid().nullable(),
    neighborhoodId: p.uuid().nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    readAt: p.datetime(3).nullable(),
  },
});

/** A row of `notifications`. */
export type NotificationRow = InferEntity<typeof NotificationEntity>;

/** The `Notification` of schema.graphql. */
export type Notification = Omit<NotificationRow, 'recipient'> & {
  recipientId: string;
};
