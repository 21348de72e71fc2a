import type { EntityManager } from '../database/orm';
import { InviteEntity } from './invite.entity';
import type { MembershipRow } from './membership.entity';

/** Parts of a membership that change with its status. */
type MembershipChanges = Partial<
  Pick<MembershipRow, 'status' | 'role' | 'bannedFrom' | 'appointedById'>
>;

/**
 * Changes a membership whose neighborhood the caller has locked. The only place that does: invite links
 * of a member who is no longer an active steward stop working.
 */
export async function changeMembership(
  em: EntityManager,
  membership: MembershipRow,
  changes: MembershipChanges,
): Promise<void> {
  Object.assign(membership, changes, { updatedAt: new Date() });
  if (!isActiveSteward(membership)) {
    membership.appointedById = null;
    await em.nativeUpdate(
      InviteEntity,
      {
        neighborhood: membership.neighborhood.id,
        createdBy: membership.user.id,
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
