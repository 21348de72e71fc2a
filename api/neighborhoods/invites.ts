import { raw } from '@mikro-orm/core';
import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { readsOf } from '../database/reads';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import { UserEntity } from '../users/user.entity';
import { changeMembership } from './changeMembership';
import { InviteEntity } from './invite.entity';
import { readAcceptable } from './invites.reads';
import type { MembershipRole } from './membership.entity';
import { neighborhoodActions } from './membershipRules';
import { admit, findMembership, notifyStewards } from './joinNeighborhood';
import type { NeighborhoodRow } from './neighborhood.entity';
import { lockNeighborhood, lockOwnNeighborhood } from './neighborhoods';

/** Maximum number of invites that can be used, of one creator and of all in a neighborhood. */
const MAX_WORKING_INVITES: Record<
  MembershipRole,
  { own: number; total: number }
> = {
  // Members leave room for the links of stewards.
  MEMBER: { own: 5, total: 80 },
  STEWARD: { own: 20, total: 100 },
};

/** Limits of an invite whose creator is not a steward; those of stewards are in the schema. */
const MEMBER_LIMITS = { expiresInDays: 30, maxUses: 20 };

const DAY_MS = 86_400_000;

/** Condition: invites that can be used, unless their creator may no longer invite. */
const working = () => ({
  revokedAt: null,
  expiresAt: { $gt: new Date() },
  uses: { $lt: raw<object, number>('max_uses') },
});

/** Contents of an invite, as the schema's `@constraint`s left them. */
type InviteInput = {
  neighborhoodId: string;
  expiresInDays: number;
  maxUses: number;
};

/**
 * Creates a link that lets people join.
 * @returns the id of the invite
 * @throws UserErrors NOT_FOUND unless the user is a member there; NOT_ALLOWED where they are suspended or
 * only stewards invite; INVALID where a member asks for what only stewards may; LIMIT
 */
export function createInvite(
  em: EntityManager,
  userId: string,
  input: InviteInput,
): Promise<string> {
  return inTransaction(em, async (em) => {
    const { neighborhood, role } = await lockForInvite(
      em,
      userId,
      input.neighborhoodId,
    );
    if (role === 'MEMBER') assertMemberLimits(input);
    await assertInviteLimit(em, userId, neighborhood, role);
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

/** Locks a neighborhood in which the user may invite, so that invites are counted one after the other. */
async function lockForInvite(
  em: EntityManager,
  userId: string,
  neighborhoodId: string,
): Promise<{ neighborhood: NeighborhoodRow; role: MembershipRole }> {
  const field = ['neighborhoodId'];
  // Exclusively before the shared lock, which two transactions could not both exchange for it.
  if (isUuid(neighborhoodId))
    await lockNeighborhood(em, neighborhoodId.toLowerCase());
  const neighborhood = await lockOwnNeighborhood(
    em,
    userId,
    neighborhoodId,
    field,
  );
  const own = await findMembership(em, userId, neighborhood);
  if (!own || !neighborhoodActions(own, neighborhood).includes('INVITE'))
    throw new UserErrors({
      code: 'NOT_ALLOWED',
      message: text('neighborhoods.onlyStewardsInvite'),
      field,
    });
  return { neighborhood, role: own.role };
}

/** @throws UserErrors INVALID */
function assertMemberLimits({ expiresInDays, maxUses }: InviteInput): void {
  const errors: ConstructorParameters<typeof UserErrors> = [];
  if (expiresInDays > MEMBER_LIMITS.expiresInDays)
    errors.push({
      code: 'INVALID',
      message: text('neighborhoods.inviteDaysAtMost', {
        count: MEMBER_LIMITS.expiresInDays,
      }),
      field: ['expiresInDays'],
    });
  if (maxUses > MEMBER_LIMITS.maxUses)
    errors.push({
      code: 'INVALID',
      message: text('neighborhoods.inviteUsesAtMost', {
        count: MEMBER_LIMITS.maxUses,
      }),
      field: ['maxUses'],
    });
  if (errors.length > 0) throw new UserErrors(...errors);
}

/** @throws UserErrors LIMIT */
async function assertInviteLimit(
  em: EntityManager,
  userId: string,
  neighborhood: NeighborhoodRow,
  role: MembershipRole,
): Promise<void> {
  const max = MAX_WORKING_INVITES[role];
  const count = (ofCreator: object) =>
    em.count(InviteEntity, { neighborhood, ...ofCreator, ...working() });
  const own = await count({ createdBy: userId });
  if (own < max.own && (await count({})) < max.total) return;
  throw new UserErrors({
    code: 'LIMIT',
    message:
      own < max.own
        ? text('neighborhoods.tooManyInvites')
        : text('neighborhoods.ownInvitesAtMost', { count: max.own }),
    field: null,
  });
}

/**
 * Revokes a link. Revoking it again changes nothing.
 * @returns the id of the invite
 * @throws UserErrors NOT_FOUND, also unless the user is a steward there, or made it and is a member
 */
export async function revokeInvite(
  em: EntityManager,
  userId: string,
  id: string,
): Promise<string> {
  const invite = isUuid(id)
    ? await em.findOne(InviteEntity, { id: id.toLowerCase() })
    : null;
  const own = invite && (await findMembership(em, userId, invite.neighborhood));
  const isTheirs =
    own?.status === 'ACTIVE' &&
    (own.role === 'STEWARD' || invite?.createdBy.id === userId);
  if (!invite || !isTheirs)
    throw new UserErrors({
      code: 'NOT_FOUND',
      message: text('neighborhoods.inviteNotRevocable'),
      field: ['inviteId'],
    });
  invite.revokedAt ??= new Date();
  await em.flush();
  return invite.id;
}

/**
 * Joins the neighborhood of an invite, or asks to join it where the link is no approval. A call by a member
 * does not use it up.
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
      inviteId && (await em.findOne(InviteEntity, { id: inviteId }));
    const neighborhood =
      invite && (await lockNeighborhood(em, invite.neighborhood.id));
    // Read after locking: memberships and the neighborhood do not change from here on.
    const acceptable =
      neighborhood && (await readAcceptable(readsOf(em), invite.id));
    if (!acceptable) throw inviteNotFound();
    const { createdById, needsApproval } = acceptable;
    const membership = await findMembership(em, userId, neighborhood);
    if (membership?.status === 'BANNED') throw inviteNotFound();
    const isDone =
      membership?.status === 'ACTIVE' ||
      membership?.status === 'SUSPENDED' ||
      (membership?.status === 'PENDING' && needsApproval);
    if (isDone) return membership.id;
    await takeUse(em, invite.id);
    const status = needsApproval ? 'PENDING' : 'ACTIVE';
    const joined = await admit(em, userId, neighborhood, membership, status);
    if (needsApproval) {
      await changeMembership(em, joined, { invitedById: createdById });
      await notifyStewards(em, neighborhood, userId);
    }
    return joined.id;
  });
}

/**
 * Takes a remaining use. One statement checks and takes it, so that concurrent calls cannot exceed them.
 * @throws UserErrors NOT_FOUND where none is left
 */
async function takeUse(em: EntityManager, id: string): Promise<void> {
  const taken = await em.nativeUpdate(
    InviteEntity,
    { id, ...working() },
    { uses: raw('uses + 1') },
  );
  if (!taken) throw inviteNotFound();
}

const inviteNotFound = () =>
  new UserErrors({
    code: 'NOT_FOUND',
    message: text('neighborhoods.inviteNotFound'),
    field: ['code'],
  });
