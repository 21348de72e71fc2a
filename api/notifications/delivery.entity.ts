import { defineEntity, p } from '@mikro-orm/core';
import { UserEntity } from '../users/user.entity';
import type { Channel, Topic } from '../generated/types';

/**
 * A notification that is still to leave the app: an outbox, written in the transaction of the notification
 * (docs/decisions/0029-deliveries.md). The row is deleted when it was sent or is no longer needed.
 */
export const DeliveryEntity = defineEntity({
  name: 'Delivery',
  tableName: 'deliveries',
  indexes: [
    { properties: ['recipient'] },
    // Due rows are found along it.
    { properties: ['channel', 'dueAt'] },
  ],
  properties: {
    /** Not a relation: a folded notification gets a new id, and the new one has rows of its own. */
    notificationId: p.uuid().primary(),
    /** Id of the push device, or for a mail of the recipient. */
    targetId: p.uuid().primary(),
    channel: p.string().$type<Channel>(),
    topic: p.string().$type<Topic>(),
    recipient: () =>
      p.manyToOne(UserEntity).ref().deleteRule('cascade').index(false),
    /**
     * Time of the next attempt. A process that takes a row moves it to the end of its lease, so that no other
     * process takes it, and any does if that process dies.
     */
    dueAt: p.datetime(3),
    attempts: p.integer().default(0),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});
