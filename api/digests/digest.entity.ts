import { defineEntity, p } from '@mikro-orm/core';
import { UserEntity } from '../users/user.entity';

/**
 * The latest weekly digest of a user: a claim, of which there is one for each user and week, and an outbox
 * (docs/decisions/0037-weekly-digest.md).
 */
export const DigestEntity = defineEntity({
  name: 'Digest',
  tableName: 'digests',
  properties: {
    user: () =>
      p
        .manyToOne(UserEntity)
        .ref()
        .primary()
        .deleteRule('cascade')
        .index(false),
    /** The Saturday for which it was claimed, as `2026-05-09`: the same date in every time zone. */
    week: p.string().length(10),
    /** It tells of what came after this moment. */
    since: p.datetime(3),
    /** It tells of what came up to this moment, at which it was claimed; `since` where it was given up. */
    until: p.datetime(3),
    /**
     * Time of the next attempt; null once it was sent, or is not needed. A process that takes it moves this to the
     * end of its lease.
     */
    dueAt: p.datetime(3).nullable().index(),
    attempts: p.integer().default(0),
  },
});
