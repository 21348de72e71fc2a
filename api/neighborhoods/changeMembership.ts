import type { EntityManager } from '../database/orm';
import { InviteEntity } from './invite.entity';
import type { MembershipRow, MembershipStatus } from './membership.entity';

/** Parts of a membership that change with its status. */
type MembershipChanges = Partial<
  Pick<
    MembershipRow,
    'status' | 'role' | 'note' | 'bannedFrom' | 'appointedById' | 'invitedById'
  >
>;

/** Statuses of which a user is not a member. */
const OUTSIDE: readonly MembershipStatus[] = ['PENDING', 'ENDED'];

/**
 * Changes a membership whose neighborhood the caller has locked. The only place that does: the member's
 * invite links stop working unless they are now an active steward, the note of a request and its inviter go
 * with the request, and a user who becomes a member has joined now.
 */
export async function changeMembership(
  em: EntityManager,
  membership: MembershipRow,
  changes: MembershipChanges,
): Promise<void> {
  const now = new Date();
  const hasJoined =
    changes.status === 'ACTIVE' &&
    (OUTSIDE.includes(membership.status) || !membership.joinedAt);
  Object.assign(membership, { note: '', invitedById: null }, changes, {
    updatedAt: now,
  });
  if (hasJoined) membership.joinedAt = now;
  if (!isActiveSteward(membership)) {
    membership.appointedById = null;
    const { user, neighborhood } = membership;
    await em.nativeUpdate(
      InviteEntity,
      {
        neighborhood: neighborhood.id,
        createdBy: user.id,
        revokedAt: null,
      },
      { revokedAt: new Date() },
    );
  }
  await em.flush();
}

/** Tells whether a membership gives the rights of a steward. */
const isActiveSteward = ({
  role,
  status,
}: Pick<MembershipRow, 'role' | 'status'>): boolean =>
  role === 'STEWARD' && status === 'ACTIVE';
