import type { EntityManager } from '../database/orm';
import { closeNeighborhood } from '../neighborhoods/closeNeighborhood';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import { changeMembership } from '../neighborhoods/changeMembership';
import { lockMembership } from '../neighborhoods/memberships';
import { isLastSteward, passOnStewardship } from '../neighborhoods/succession';

/** Consequences of leaving all neighborhoods. */
export type LeftNeighborhoods = {
  /** Names of neighborhoods whose other members would have no steward, which prevents leaving. */
  orphaned: string[];
  /**
   * Neighborhoods without remaining active members, which are closed, and whether they never had other
   * members.
   */
  emptied: { id: string; isOnlyTheirs: boolean }[];
};

/** Ends all memberships of a user, also pending and suspended ones. */
export async function leaveAllNeighborhoods(
  em: EntityManager,
  userId: string,
): Promise<LeftNeighborhoods> {
  const left: LeftNeighborhoods = { orphaned: [], emptied: [] };
  // Not kept in the unit of work: the state after locking the neighborhoods is what counts.
  const known = await em.find(
    MembershipEntity,
    { user: userId, status: { $in: ['PENDING', 'ACTIVE', 'SUSPENDED'] } },
    { orderBy: { neighborhood: 'asc' }, disableIdentityMap: true },
  );
  for (const { neighborhood } of known)
    await leave(em, userId, neighborhood.id, left);
  return left;
}

async function leave(
  em: EntityManager,
  userId: string,
  neighborhoodId: string,
  left: LeftNeighborhoods,
): Promise<void> {
  const own = await lockMembership(em, userId, neighborhoodId);
  if (!own || own.status === 'BANNED' || own.status === 'ENDED') return;
  const isBound = (await isLastSteward(em, own)) && !own.appointedById;
  const remaining = isBound ? 'ALONE' : await passOnStewardship(em, own);
  await changeMembership(em, own, { status: 'ENDED', role: 'MEMBER' });
  if (remaining === 'OTHERS') return;
  const neighborhood = own.neighborhood.getEntity();
  const others = { neighborhood, user: { $ne: userId } };
  if (await em.count(MembershipEntity, { ...others, status: 'ACTIVE' })) {
    left.orphaned.push(neighborhood.name);
    return;
  }
  await closeNeighborhood(em, neighborhood, userId);
  const isOnlyTheirs = (await em.count(MembershipEntity, others)) === 0;
  left.emptied.push({ id: neighborhoodId, isOnlyTheirs });
}
