import { defineEntity, p } from '@mikro-orm/core';
import { UserEntity } from '../users/user.entity';

/** A block between two people. It works both ways, and neither side is notified. */
export const BlockEntity = defineEntity({
  name: 'Block',
  tableName: 'blocks',
  // Whether two people have blocked each other is asked in both directions.
  indexes: [{ properties: ['blocked', 'blocker'] }],
  properties: {
    blocker: () => p.manyToOne(UserEntity).ref().primary().index(false),
    blocked: () => p.manyToOne(UserEntity).ref().primary().index(false),
    /** Name at the time of the block. Null for old blocks. */
    name: p.string().nullable(),
    /** Username at the time of the block. Null for old blocks. */
    username: p.string().nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

/** Maximum number of people whom a user can block at once. */
export const MAX_BLOCKS = 200;
