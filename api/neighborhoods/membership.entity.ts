import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { UserEntity } from '../users/user.entity';
import { NeighborhoodEntity } from './neighborhood.entity';
import type {
  MembershipAction,
  MembershipRole,
  MembershipStatus,
} from '../generated/types';

export type { MembershipAction, MembershipRole, MembershipStatus };

/** Membership of a user in a neighborhood. Each pair has one row, in every status. */
export const MembershipEntity = defineEntity({
  name: 'Membership',
  tableName: 'memberships',
  indexes: [
    { properties: ['neighborhood', 'status', 'id'] },
    { properties: ['neighborhood', 'role', 'status'] },
  ],
  uniques: [{ properties: ['user', 'neighborhood'] }],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    user: () => p.manyToOne(UserEntity).ref().index(false),
    neighborhood: () => p.manyToOne(NeighborhoodEntity).ref().index(false),
    role: p.string().$type<MembershipRole>(),
    status: p.string().$type<MembershipStatus>(),
    /** Status before a ban. Null for all who are not banned, and for old bans. */
    bannedFrom: p.string().$type<MembershipStatus>().nullable(),
    /** The steward who made the member a steward; null for members and founders. */
    appointedById: p.uuid().nullable(),
    /** Word to the stewards of a pending request; empty in every other status. */
    note: p.text().default(''),
    /** The member whose invite link led to the request; null in every other status. */
    invitedById: p.uuid().nullable(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    joinedAt: p.datetime(3).nullable(),
    updatedAt: p.datetime(3),
  },
});

/** A row of `memberships`. */
export type MembershipRow = InferEntity<typeof MembershipEntity>;

/** The `Membership` of schema.graphql: its user and neighborhood are loaded on demand. */
export type Membership = Pick<
  MembershipRow,
  | 'id'
  | 'role'
  | 'status'
  | 'note'
  | 'appointedById'
  | 'invitedById'
  | 'createdAt'
  | 'joinedAt'
  | 'updatedAt'
> & { userId: string; neighborhoodId: string };
