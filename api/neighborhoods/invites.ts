import { raw } from '@mikro-orm/core';
import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { UserEntity } from '../users/user.entity';
import { InviteEntity } from './invite.entity';
import { MembershipEntity } from './membership.entity';
import { admit, findMembership } from './joinNeighborhood';
import { lockNeighborhood, lockStewardedNeighborhood } from './neighborhoods';

/** Maximum number of valid invites of a neighborhood. */
const MAX_WORKING_INVITES = 20;

const DAY_MS = 86_400_000;

/** Condition: invites that can be used. */
const working = () => ({
  revokedAt: null,
  expiresAt: { $gt: new Date() },
  uses: { $lt: raw<object, number>('max_uses') },
});

/**
 * Creates a link that lets people join without approval.
 * @param input as the schema's `@constraint`s left it
 * @returns the id of the invite
 * @throws UserErrors NOT_FOUND unless the user is a steward there; LIMIT
 */
export function createInvite(
  em: EntityManager,
  userId: string,
  input: { neighborhoodId: string; expiresInDays: number; maxUses: number },
): Promise<string> {
  return inTransaction(em, async (em) => {
    const neighborhood = await lockStewardedNeighborhood(
      em,
      userId,
      input.neighborhoodId,
      ['neighborhoodId'],
    );
    const count = await em.count(InviteEntity, {
      neighborhood,
      ...working(),
    });
    if (count >= MAX_WORKING_INVITES)
      throw new UserErrors({
        code: 'LIMIT',
        message: `There can be ${MAX_WORKING_INVITES} invite links at once: revoke one first`,
        field: null,
      });
    const now = new Date();
    const invite = em.create(InviteEntity, {
      neighborhood,
      createdBy: em.getReference(UserEntity, userId),
      expiresAt: new Date(now.getTime() + input.expiresInDays * DAY_MS),
      maxUses: input.maxUses,
      createdAt: now,
    });
    await em.flush();
    return invite.id;
  });
}

/**
 * Revokes a link. Revoking it again changes nothing.
 * @returns the id of the invite
 * @throws UserErrors NOT_FOUND, also unless the user is a steward there
 */
export async function revokeInvite(
  em: EntityManager,
  userId: string,
  id: string,
): Promise<string> {
  const stewarded = await em.find(MembershipEntity, {
    user: userId,
    status: 'ACTIVE',
    role: 'STEWARD',
  });
  const neighborhood = {
    $in: stewarded.map(({ neighborhood }) => neighborhood.id),
  };
  const invite = isUuid(id)
    ? await em.findOne(InviteEntity, { id: id.toLowerCase(), neighborhood })
    : null;
  if (!invite)
    throw new UserErrors({
      code: 'NOT_FOUND',
      message: 'There is no invite link with this id that you can revoke',
      field: ['inviteId'],
    });
  invite.revokedAt ??= new Date();
  await em.flush();
  return invite.id;
}

/**
 * Joins the neighborhood of an invite. A call by a member does not use it up.
 * @param inviteId result of `fromInviteCode`; null for an invalid code
 * @throws UserErrors NOT_FOUND where the invite is invalid or the user is banned; LIMIT
 */
export function acceptInvite(
  em: EntityManager,
  userId: string,
  inviteId: string | null,
): Promise<string> {
  return inTransaction(em, async (em) => {
    const invite =
      inviteId &&
      (await em.findOne(InviteEntity, { id: inviteId, ...working() }));
    const neighborhood =
      invite && (await lockNeighborhood(em, invite.neighborhood.id));
    if (!neighborhood) throw inviteNotFound();
    const membership = await findMembership(em, userId, neighborhood);
    if (membership?.status === 'BANNED') throw inviteNotFound();
    if (membership?.status === 'ACTIVE' || membership?.status === 'SUSPENDED')
      return membership.id;
    // One statement checks and takes a remaining use, so that concurrent calls cannot exceed them.
    const taken = await em.nativeUpdate(
      InviteEntity,
      { id: invite.id, ...working() },
      { uses: raw('uses + 1') },
    );
    if (!taken) throw inviteNotFound();
    const joined = await admit(em, userId, neighborhood, membership, 'ACTIVE');
    return joined.id;
  });
}

const inviteNotFound = () =>
  new UserErrors({
    code: 'NOT_FOUND',
    message: 'This invite link is not valid: ask a steward for a new one',
    field: ['code'],
  });
