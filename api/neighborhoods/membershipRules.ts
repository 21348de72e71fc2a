import type { Membership, MembershipAction } from './membership.entity';

/** What the rules look at. */
export type MembershipFacts = Pick<Membership, 'userId' | 'role' | 'status'>;

/** What holds somebody in a neighborhood. */
export type OwnTies = {
  /** They are a steward of it, and no other is active. */
  isLastSteward: boolean;
  /** They hold something that is lent there, or lend something that is held. */
  holdsOrLends: boolean;
};

/** What a steward may do with somebody else's membership, by its status. */
const STEWARD_ACTIONS = {
  PENDING: ['APPROVE', 'DECLINE', 'BAN'],
  ACTIVE: ['SUSPEND', 'BAN'],
  SUSPENDED: ['REINSTATE', 'BAN'],
  BANNED: ['REINSTATE'],
  // Whoever went before they were banned does not come back either.
  ENDED: ['BAN'],
} as const satisfies Record<
  MembershipFacts['status'],
  readonly MembershipAction[]
>;

/**
 * What somebody may do with a membership: the one place where this is decided. Verbs refuse what
 * is not in it, and `Membership.viewerActions` shows it.
 * @param viewer their own place in the same neighborhood; null where they have none
 * @param ties what holds the viewer there; looked at for their own membership only
 */
export function membershipActions(
  viewer: MembershipFacts | null,
  membership: MembershipFacts,
  ties: OwnTies,
): MembershipAction[] {
  if (!viewer) return [];
  if (viewer.userId === membership.userId)
    return ownMembershipActions(membership, ties);
  if (viewer.status !== 'ACTIVE' || viewer.role !== 'STEWARD') return [];
  const isPlainMember =
    membership.status === 'ACTIVE' && membership.role === 'MEMBER';
  return [
    ...STEWARD_ACTIONS[membership.status],
    ...(isPlainMember
      ? (['MAKE_STEWARD', 'HAND_OVER_STEWARDSHIP'] as const)
      : []),
  ];
}

/** Whoever is suspended stays: gone and back again, they would be suspended no more. */
function ownMembershipActions(
  { role, status }: MembershipFacts,
  { isLastSteward, holdsOrLends }: OwnTies,
): MembershipAction[] {
  if (status === 'PENDING') return ['LEAVE'];
  if (status !== 'ACTIVE') return [];
  const actions: MembershipAction[] = [];
  if (role === 'STEWARD' && !isLastSteward) actions.push('STEP_DOWN');
  if (!isLastSteward && !holdsOrLends) actions.push('LEAVE');
  return actions;
}
