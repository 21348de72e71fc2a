import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import type { NotificationKind } from '../notifications/notification.entity';
import { notify } from '../notifications/notifications';
import { changeMembership } from './changeMembership';
import {
  MembershipEntity,
  type MembershipRole,
  type MembershipRow,
  type MembershipStatus,
  type MembershipAction,
} from './membership.entity';
import {
  membershipActions,
  type MembershipFacts,
  type OwnTies,
} from './membershipRules';
import { findMembership } from './joinNeighborhood';
import { assertMembershipLimit, lockNeighborhood } from './neighborhoods';
import { lastStewardError, passOnStewardship } from './succession';

/** Actions of a steward on another member. */
export type Decision = Exclude<
  MembershipAction,
  'HAND_OVER_STEWARDSHIP' | 'STEP_DOWN' | 'LEAVE'
>;

/** New state of a membership, and the notification of its member. */
type Outcome = {
  status: MembershipStatus;
  role: MembershipRole;
  kind: NotificationKind | null;
  takesBack?: NotificationKind;
};

/** Outcomes by decision. */
const OUTCOMES: Record<Decision, Outcome> = {
  APPROVE: { status: 'ACTIVE', role: 'MEMBER', kind: 'MEMBERSHIP_APPROVED' },
  DECLINE: { status: 'ENDED', role: 'MEMBER', kind: 'MEMBERSHIP_DECLINED' },
  SUSPEND: {
    status: 'SUSPENDED',
    role: 'MEMBER',
    kind: 'MEMBERSHIP_SUSPENDED',
  },
  // Banned users can no longer see the neighborhood, so they are not notified.
  BAN: { status: 'BANNED', role: 'MEMBER', kind: null },
  REINSTATE: { status: 'ACTIVE', role: 'MEMBER', kind: 'MEMBERSHIP_APPROVED' },
  MAKE_STEWARD: { status: 'ACTIVE', role: 'STEWARD', kind: 'STEWARD_MADE' },
};

/**
 * Returns the outcome of a decision. A ban is lifted to what was before: people who were not members, as
 * they had left or were only asking to join, do not become members by it.
 */
function outcomeOf(
  decision: Decision,
  { status, bannedFrom }: MembershipRow,
): Outcome {
  if (decision !== 'REINSTATE') return OUTCOMES[decision];
  if (status === 'SUSPENDED')
    return { ...OUTCOMES.REINSTATE, takesBack: 'MEMBERSHIP_SUSPENDED' };
  return bannedFrom === 'PENDING' || bannedFrom === 'ENDED'
    ? { status: 'ENDED', role: 'MEMBER', kind: null }
    : OUTCOMES.REINSTATE;
}

/** A member's ties do not limit a steward, as loans under way go on. */
const NO_TIES: OwnTies = {
  isLastSteward: false,
  isAlone: false,
  holdsOrLends: false,
};

/**
 * Approves, declines or reinstates a member, or makes one a steward.
 * @returns the membership's id
 * @throws UserErrors as `decideWithin` does
 */
export const decide = (
  em: EntityManager,
  stewardId: string,
  membershipId: string,
  decision: Exclude<Decision, 'SUSPEND' | 'BAN'>,
): Promise<string> =>
  inTransaction(em, async (em) => {
    const row = await decideWithin(em, stewardId, membershipId, decision);
    return row.id;
  });

/**
 * Applies a steward's decision within a transaction. Suspending and banning also cancel loans: see `suspendOrBan` in loans.
 * @throws UserErrors NOT_FOUND where the viewer is not a steward there; NOT_ALLOWED where the
 * decision does not fit what the membership is by now; LIMIT where the member belongs to too many
 * neighborhoods to be reinstated
 */
export async function decideWithin(
  em: EntityManager,
  stewardId: string,
  membershipId: string,
  decision: Decision,
): Promise<MembershipRow> {
  const { membership } = await lockStewardedMembership(
    em,
    stewardId,
    membershipId,
    decision,
  );
  const before = membership.status;
  const { kind, takesBack, ...outcome } = outcomeOf(decision, membership);
  const startsAgain = before === 'BANNED' && outcome.status === 'ACTIVE';
  // Suspended members are counted among theirs, banned ones are not.
  if (startsAgain)
    await assertMembershipLimit(em, membership.user.id, (count) =>
      text('neighborhoods.otherHasMemberships', { count }),
    );
  await changeMembership(em, membership, {
    ...outcome,
    bannedFrom: decision === 'BAN' ? before : null,
    ...(decision === 'MAKE_STEWARD' && { appointedById: stewardId }),
  });
  if (kind) await notifyMember(em, membership, kind, stewardId, takesBack);
  return membership;
}

/**
 * Makes an active member a steward, and the viewer an ordinary member, in one step.
 * @throws UserErrors as `decideWithin` does
 */
export function handOverStewardship(
  em: EntityManager,
  stewardId: string,
  membershipId: string,
): Promise<{ membershipId: string; ownId: string }> {
  return inTransaction(em, async (em) => {
    const { membership, own } = await lockStewardedMembership(
      em,
      stewardId,
      membershipId,
      'HAND_OVER_STEWARDSHIP',
    );
    await changeMembership(em, membership, {
      role: 'STEWARD',
      appointedById: stewardId,
    });
    await changeMembership(em, own, { role: 'MEMBER' });
    await notifyMember(em, membership, 'STEWARD_MADE', stewardId);
    return { membershipId: membership.id, ownId: own.id };
  });
}

/**
 * Stops being a steward.
 * @throws UserErrors NOT_FOUND where the viewer is not a steward; NOT_ALLOWED for the last steward,
 * except as `passOnStewardship` says
 */
export function stepDown(
  em: EntityManager,
  userId: string,
  neighborhoodId: string,
): Promise<string> {
  return inTransaction(em, async (em) => {
    const own = isUuid(neighborhoodId)
      ? await lockMembership(em, userId, neighborhoodId.toLowerCase())
      : null;
    if (own?.status !== 'ACTIVE' || own.role !== 'STEWARD')
      throw new UserErrors({
        code: 'NOT_FOUND',
        message: text('neighborhoods.notSteward'),
        field: ['neighborhoodId'],
      });
    if ((await passOnStewardship(em, own)) === 'ALONE')
      throw lastStewardError();
    await changeMembership(em, own, { role: 'MEMBER' });
    return own.id;
  });
}

/**
 * Reads a user's membership and locks its neighborhood until the transaction ends.
 * @param neighborhoodId a UUID in lower case
 */
export async function lockMembership(
  em: EntityManager,
  userId: string,
  neighborhoodId: string,
): Promise<MembershipRow | null> {
  const neighborhood = await lockNeighborhood(em, neighborhoodId);
  return neighborhood && findMembership(em, userId, neighborhood);
}

/** A membership that a steward decides about, and their own, with their neighborhood locked. */
async function lockStewardedMembership(
  em: EntityManager,
  stewardId: string,
  membershipId: string,
  action: MembershipAction,
): Promise<{ membership: MembershipRow; own: MembershipRow }> {
  const id = membershipId.toLowerCase();
  // Not kept in the unit of work: the state after locking the neighborhood is what counts.
  const known = isUuid(id)
    ? await em.findOne(
        MembershipEntity,
        { id, user: { deletedAt: null } },
        { disableIdentityMap: true },
      )
    : null;
  const own =
    known && (await lockMembership(em, stewardId, known.neighborhood.id));
  if (own?.status !== 'ACTIVE' || own.role !== 'STEWARD')
    throw new UserErrors({
      code: 'NOT_FOUND',
      message: text('neighborhoods.membershipNotFound'),
      field: ['membershipId'],
    });
  const membership = await em.findOneOrFail(MembershipEntity, { id });
  const allowed = membershipActions(factsOf(own), factsOf(membership), NO_TIES);
  if (!allowed.includes(action))
    throw new UserErrors({
      code: 'NOT_ALLOWED',
      message:
        own === membership
          ? text('neighborhoods.ownMembership')
          : text('neighborhoods.membershipChanged'),
      field: ['membershipId'],
    });
  return { membership, own };
}

const factsOf = ({ user, role, status }: MembershipRow): MembershipFacts => ({
  userId: user.id,
  role,
  status,
});

const notifyMember = (
  em: EntityManager,
  { user, neighborhood }: MembershipRow,
  kind: NotificationKind,
  actorId: string,
  takesBack?: NotificationKind,
) =>
  notify(em, {
    kind,
    recipientId: user.id,
    actorId,
    neighborhoodId: neighborhood.id,
    takesBack,
  });
