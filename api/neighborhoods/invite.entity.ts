import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { UserEntity } from '../users/user.entity';
import { NeighborhoodEntity } from './neighborhood.entity';

/** A link that lets people join. Its code is signed and not stored: see `inviteCodes.ts`. */
export const InviteEntity = defineEntity({
  name: 'Invite',
  tableName: 'invites',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    neighborhood: () => p.manyToOne(NeighborhoodEntity).ref().index(),
    createdBy: () => p.manyToOne(UserEntity).ref(),
    expiresAt: p.datetime(3),
    maxUses: p.integer(),
    uses: p.integer().default(0),
    revokedAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});

/** A row of `invites`. */
export type InviteRow = InferEntity<typeof InviteEntity>;

/** The `Invite` of schema.graphql. */
export type Invite = Pick<
  InviteRow,
  'id' | 'expiresAt' | 'maxUses' | 'uses' | 'createdAt'
> & { neighborhoodId: string; createdById: string };
