import type { Membership, MembershipAction } from './membership.entity';

/** Columns of a membership that the rules need. */
export type MembershipFacts = Pick<Membership, 'userId' | 'role' | 'status'>;

/** Reasons why the viewer cannot leave a neighborhood. */
export type OwnTies = {
  /** The member is the only active steward, and was not made one by another member. */
  isLastSteward: boolean;
  /** There is no other active member. */
  isAlone: boolean;
  /** The member has borrowed an item there, or one of their items is on loan. */
  holdsOrLends: boolean;
};

/** Actions of a steward on another membership, by its status. */
const STEWARD_ACTIONS = {
  PENDING: ['APPROVE', 'DECLINE', 'BAN'],
  ACTIVE: ['SUSPEND', 'BAN'],
  SUSPENDED: ['REINSTATE', 'BAN'],
  BANNED: ['REINSTATE'],
  // A former member can be banned too, to prevent rejoining.
  ENDED: ['BAN'],
} as const satisfies Record<
  MembershipFacts['status'],
  readonly MembershipAction[]
>;

/**
 * Lists what the viewer may do with a membership. The only place that decides it: verbs refuse
 * every other action, and `Membership.viewerActions` shows the list.
 * @param viewer the viewer's membership in the same neighborhood; null for none
 * @param ties the viewer's ties; used for their own membership only
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

/** Suspended members cannot leave, as rejoining would end the suspension. */
function ownMembershipActions(
  { role, status }: MembershipFacts,
  { isLastSteward, isAlone, holdsOrLends }: OwnTies,
): MembershipAction[] {
  if (status === 'PENDING') return ['LEAVE'];
  if (status !== 'ACTIVE') return [];
  const actions: MembershipAction[] = [];
  if (role === 'STEWARD' && !isLastSteward && !isAlone)
    actions.push('STEP_DOWN');
  if (!isLastSteward && !holdsOrLends) actions.push('LEAVE');
  return actions;
}
