import type { Membership, MembershipAction } from './membership.entity';
import type { Neighborhood, NeighborhoodAction } from './neighborhood.entity';

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

/**
 * Lists what the viewer may do with a neighborhood. The only place that decides who may invite.
 * @param viewer the viewer's membership in it; null for none
 */
export function neighborhoodActions(
  viewer: Pick<MembershipFacts, 'role' | 'status'> | null,
  { membersMayInvite }: Pick<Neighborhood, 'membersMayInvite'>,
): NeighborhoodAction[] {
  if (viewer?.status !== 'ACTIVE') return [];
  if (viewer.role === 'STEWARD') return ['EDIT', 'INVITE'];
  return membersMayInvite ? ['INVITE'] : [];
}
