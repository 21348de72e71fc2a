import type { EntityManager } from '../database/orm';
import { notify } from '../notifications/notifications';
import { changeMembership } from './changeMembership';
import { InviteEntity } from './invite.entity';
import { MembershipEntity } from './membership.entity';
import { NeighborhoodEntity, type Neighborhood } from './neighborhood.entity';

/**
 * Closes a neighborhood whose last active member has left. It cannot be found or joined any more,
 * and pending requests to join are declined. Call it with the neighborhood locked.
 * @param actorId the former member
 */
export async function closeNeighborhood(
  em: EntityManager,
  neighborhood: Neighborhood,
  actorId: string,
): Promise<void> {
  const { id } = neighborhood;
  neighborhood.joinPolicy = 'INVITE_ONLY';
  await em.nativeUpdate(
    InviteEntity,
    { neighborhood: id, revokedAt: null },
    { revokedAt: new Date() },
  );
  // No steward is left to approve or reinstate them.
  const left = await em.find(MembershipEntity, {
    neighborhood: id,
    status: { $in: ['PENDING', 'SUSPENDED'] },
  });
  for (const membership of left) {
    if (membership.status === 'PENDING')
      await notify(em, {
        kind: 'MEMBERSHIP_DECLINED',
        recipientId: membership.user.id,
        actorId,
        neighborhoodId: id,
      });
    await changeMembership(em, membership, { status: 'ENDED' });
  }
  await em.flush();
}

/** Deletes a closed, empty neighborhood that never had more than one member. */
export async function deleteNeighborhood(
  em: EntityManager,
  id: string,
): Promise<void> {
  await em.nativeDelete(InviteEntity, { neighborhood: id });
  await em.nativeDelete(MembershipEntity, { neighborhood: id });
  await em.nativeDelete(NeighborhoodEntity, { id });
}
