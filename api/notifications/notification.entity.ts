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
    { properties: ['loanId', 'createdAt'] },
    {
      name: 'notifications_read_index',
      expression:
        'create index notifications_read_index on notifications (created_at) where read_at is not null',
    },
    {
      name: 'notifications_unread_index',
      expression:
        'create index notifications_unread_index on notifications (recipient_id) where read_at is null',
    },
    {
      // Several events about the same are one unread notification, whichever process writes them.
      name: 'notifications_topic_unique',
      expression:
        'create unique index notifications_topic_unique on notifications (recipient_id, topic) where read_at is null and withdrawn_at is null',
    },
    {
      name: 'notifications_recipient_withdrawn_index',
      expression:
        'create index notifications_recipient_withdrawn_index on notifications (recipient_id, withdrawn_at) where withdrawn_at is not null',
    },
    {
      // Old withdrawn ones are deleted along it.
      name: 'notifications_withdrawn_index',
      expression:
        'create index notifications_withdrawn_index on notifications (withdrawn_at) where withdrawn_at is not null',
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    recipient: () => p.manyToOne(UserEntity).ref().index(false),
    kind: p.string().$type<NotificationKind>(),
    /** The user who caused it; null for the system. */
    actorId: p.uuid().nullable(),
    loanId: p.uuid().nullable(),
    messageId: p.uuid().nullable(),
    reportId: p.uuid().nullable(),
    neighborhoodId: p.uuid().nullable(),
    /** Key of its subject: unread notifications with the same topic are one. Null for old notifications. */
    topic: p.string().nullable(),
    /** How many events it stands for. */
    count: p.integer().default(1),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    /** Time at which the event was taken back before the notification was read. It is hidden since. */
    withdrawnAt: p.datetime(3).nullable(),
    readAt: p.datetime(3).nullable(),
  },
});

/** A row of `notifications`. */
export type NotificationRow = InferEntity<typeof NotificationEntity>;

/** The `Notification` of schema.graphql. */
export type Notification = Omit<NotificationRow, 'recipient'> & {
  recipientId: string;
};
