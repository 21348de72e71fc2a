import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import {
  notify,
  withdraw,
  type NotificationInput,
} from '../notifications/notifications';
import { UserEntity } from '../users/user.entity';
import { changeMembership } from './changeMembership';
import { MembershipEntity, type MembershipRow } from './membership.entity';
import type { Neighborhood } from './neighborhood.entity';
import { assertMembershipLimit, lockNeighborhood } from './neighborhoods';

/**
 * Joins an open neighborhood, or asks to join one whose stewards approve members. Existing and
 * pending memberships stay unchanged.
 * @param input its note is for the stewards who decide
 * @returns the membership's id
 * @throws UserErrors NOT_FOUND where it cannot be seen: by invite only, or banned from; LIMIT
 */
export function joinNeighborhood(
  em: EntityManager,
  userId: string,
  { neighborhoodId, note }: { neighborhoodId: string; note?: string | null },
): Promise<string> {
  return inTransaction(em, async (em) => {
    const neighborhood = isUuid(neighborhoodId)
      ? await lockNeighborhood(em, neighborhoodId.toLowerCase())
      : null;
    const membership =
      neighborhood && (await findMembership(em, userId, neighborhood));
    const { joinPolicy } = neighborhood ?? {};
    const isBanned = membership?.status === 'BANNED';
    const isIn = membership && !isBanned && membership.status !== 'ENDED';
    if (!neighborhood || isBanned || (joinPolicy === 'INVITE_ONLY' && !isIn))
      throw new UserErrors({
        code: 'NOT_FOUND',
        message: text('neighborhoods.notJoinable'),
        field: ['neighborhoodId'],
      });
    // A pending request needs no answer once the neighborhood is open.
    if (isIn && !(membership.status === 'PENDING' && joinPolicy === 'OPEN'))
      return membership.id;
    const status = joinPolicy === 'OPEN' ? 'ACTIVE' : 'PENDING';
    const joined = await admit(em, userId, neighborhood, membership, status);
    if (status === 'PENDING') {
      await changeMembership(em, joined, { note: note ?? '' });
      await notifyStewards(em, neighborhood, userId);
    }
    return joined.id;
  });
}

/**
 * Creates or revives a membership in a neighborhood that the caller has locked.
 * @param membership the user's former membership, read after locking
 * @throws UserErrors LIMIT
 */
export async function admit(
  em: EntityManager,
  userId: string,
  neighborhood: Neighborhood,
  membership: MembershipRow | null,
  status: 'PENDING' | 'ACTIVE',
): Promise<MembershipRow> {
  // Pending memberships are counted already.
  if (membership?.status !== 'PENDING') await assertMembershipLimit(em, userId);
  const now = new Date();
  const entered =
    membership ??
    em.create(MembershipEntity, {
      user: em.getReference(UserEntity, userId),
      neighborhood,
      role: 'MEMBER',
      status,
      updatedAt: now,
    });
  await changeMembership(em, entered, { role: 'MEMBER', status });
  return entered;
}

/** Finds a user's membership in any status, or null. */
export const findMembership = (
  em: EntityManager,
  userId: string,
  { id }: { id: string },
): Promise<MembershipRow | null> =>
  em.findOne(MembershipEntity, { user: userId, neighborhood: id });

/** Notifies the stewards that a user asks to join. */
export async function notifyStewards(
  em: EntityManager,
  { id }: Neighborhood,
  actorId: string,
): Promise<void> {
  await notify(em, ...(await requestsToStewards(em, id, actorId)));
}

/** Takes back the notifications of a request to join that the stewards have not read. */
export async function withdrawRequest(
  em: EntityManager,
  userId: string,
  neighborhoodId: string,
): Promise<void> {
  for (const request of await requestsToStewards(em, neighborhoodId, userId))
    await withdraw(em, request);
}

/** Makes the notifications of the stewards that a user asks to join. */
async function requestsToStewards(
  em: EntityManager,
  neighborhoodId: string,
  actorId: string,
): Promise<NotificationInput[]> {
  const stewards = await em.find(MembershipEntity, {
    neighborhood: neighborhoodId,
    role: 'STEWARD',
    status: 'ACTIVE',
  });
  return stewards.map(({ user }) => ({
    kind: 'MEMBERSHIP_REQUESTED',
    recipientId: user.id,
    actorId,
    neighborhoodId,
  }));
}
