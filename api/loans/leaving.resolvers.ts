import type { Context, SignedInContext } from '../context';
import type { Resolvers } from '../generated/types';
import type { Membership } from '../neighborhoods/membership.entity';
import { membershipPayload } from '../neighborhoods/membershipPayload';
import {
  membershipActions,
  type OwnTies,
} from '../neighborhoods/membershipRules';
import { suspendOrBan, leaveNeighborhood } from './leaving';

/** The resolver of a mutation by which a steward keeps somebody from starting anything. */
const excluding =
  (decision: 'SUSPEND' | 'BAN') =>
  async (
    _: unknown,
    { input }: { input: { membershipId: string } },
    context: SignedInContext,
  ) => {
    const { em, viewer } = context;
    const row = await suspendOrBan(
      em,
      viewer.userId,
      input.membershipId,
      decision,
    );
    return membershipPayload(row, context);
  };

/** What keeps the viewer in a neighborhood: looked up for their own membership only. */
async function tiesOf(
  { neighborhoodId, role, status }: Membership,
  { loaders }: Context,
): Promise<OwnTies> {
  const isSteward = role === 'STEWARD' && status === 'ACTIVE';
  return {
    isLastSteward:
      isSteward && (await loaders.stewardCounts.load(neighborhoodId)) === 1,
    holdsOrLends: await loaders.lending.load(neighborhoodId),
  };
}

/** How neighbors leave, and what that has to do with what they lend. */
export const leavingResolvers: Resolvers = {
  Mutation: {
    async leaveNeighborhood(_, { input: { neighborhoodId } }, context) {
      const { em, viewer } = context;
      const row = await leaveNeighborhood(em, viewer.userId, neighborhoodId);
      return membershipPayload(row, context);
    },
    suspendMember: excluding('SUSPEND'),
    banMember: excluding('BAN'),
  },
  Membership: {
    async viewerActions(membership, _, context) {
      const { viewer, loaders } = context;
      const own = await loaders.ownMemberships.load(membership.neighborhoodId);
      const ties =
        viewer?.userId === membership.userId
          ? await tiesOf(membership, context)
          : { isLastSteward: false, holdsOrLends: false };
      return membershipActions(own, membership, ties);
    },
  },
};
