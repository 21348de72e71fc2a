import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { UserEntity } from '../users/user.entity';

/** Somebody does not want to have to do with somebody. It works both ways, and is told to nobody. */
export const BlockEntity = defineEntity({
  name: 'Block',
  tableName: 'blocks',
  properties: {
    blocker: () => p.manyToOne(UserEntity).ref().primary(),
    blocked: () => p.manyToOne(UserEntity).ref().primary().index(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

/** A row of `blocks`. */
export type BlockRow = InferEntity<typeof BlockEntity>;
