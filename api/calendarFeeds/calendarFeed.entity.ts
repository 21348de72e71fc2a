import { defineEntity, p } from '@mikro-orm/core';
import { UserEntity } from '../users/user.entity';

/** Secret address at which calendar apps read the pick-ups and returns of a user: at most one each. */
export const CalendarFeedEntity = defineEntity({
  name: 'CalendarFeed',
  tableName: 'calendar_feeds',
  properties: {
    user: () =>
      p
        .oneToOne(UserEntity)
        .ref()
        .primary()
        .deleteRule('cascade')
        .unique(false),
    /** SHA-256 of the token in the address, so that a copy of the database reveals none. */
    hash: p.string().unique().hidden(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    /** Accurate to the hour, so that few requests write. */
    lastReadAt: p.datetime(3).nullable(),
  },
});
