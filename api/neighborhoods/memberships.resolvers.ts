import type { Context, SignedInContext } from '../context';
import type { Resolvers } from '../generated/types';
import { clearLoaders } from '../loaders';
import { leaveNeighborhood } from '../loans/leaveNeighborhood';
import { suspendOrBan } from '../loans/suspendOrBan';
import { toConnection, toPage } from '../pagination';
import { fromInviteCode } from './inviteCodes';
import { acceptInvite } from './invites';
import { joinNeighborhood } from './joinNeighborhood';
import type { Membership } from './membership.entity';
import { membershipActions, type OwnTies } from './membershipRules';
import { decide, handOverStewardship, stepDown } from './memberships';
import {
  readMembers,
  readMembership,
  readOwnMemberships,
} from './memberships.reads';

/** Reads back the membership that a verb made or changed, on which most of what is visible depends. */
async function payload({ loaders, reads }: Context, verb: Promise<string>) {
  const id = await verb;
  clearLoaders(loaders);
  return { membership: await readMembership(reads, id), errors: [] };
}

type DecisionInput = { input: { membershipId: string } };

/** Creates the resolver of a mutation with which a steward decides about a member. */
const deciding =
  (decision: Parameters<typeof decide>[3]) =>
  (_: unknown, { input }: DecisionInput, context: SignedInContext) =>
    payload(
      context,
      decide(context.em, context.viewer.userId, input.membershipId, decision),
    );

/** Creates the resolver of a mutation with which a steward prevents a member from starting loans. */
const excluding =
  (decision: 'SUSPEND' | 'BAN') =>
  (_: unknown, { input }: DecisionInput, context: SignedInContext) =>
    payload(
      context,
      suspendOrBan(
        context.em,
        context.viewer.userId,
        input.membershipId,
        decision,
      ),
    );

/** Reads the reasons why the viewer cannot leave a neighborhood. Needed for their own membership only. */
async function ownTies(
  { neighborhoodId, role, status, appointedById }: Membership,
  { loaders }: Context,
): Promise<OwnTies> {
  const isOnlySteward =
    role === 'STEWARD' &&
    status === 'ACTIVE' &&
    (await loaders.stewardCounts.load(neighborhoodId)) === 1;
  return {
    isLastSteward: isOnlySteward && !appointedById,
    isAlone:
      isOnlySteward && (await loaders.memberCounts.load(neighborhoodId)) === 1,
    holdsOrLends: await loaders.lending.load(neighborhoodId),
  };
}

/** The ties of others do not matter to the viewer's actions. */
const NO_TIES: OwnTies = {
  isLastSteward: false,
  isAlone: false,
  holdsOrLends: false,
};

/** Tells whether a membership is a request to join that the viewer made or decides about. */
async function seesRequest(
  { userId, neighborhoodId, status }: Membership,
  { viewer, loaders }: Context,
): Promise<boolean> {
  if (status !== 'PENDING') return false;
  if (viewer?.userId === userId) return true;
  const own = await loaders.ownMemberships.load(neighborhoodId);
  return own?.status === 'ACTIVE' && own.role === 'STEWARD';
}

/** Resolvers of memberships. */
export const membershipResolvers = {
  Query: {
    myMemberships: (_, __, { reads, viewer }) =>
      readOwnMemberships(reads, viewer.userId),
  },
  Mutation: {
    joinNeighborhood: (_, { input }, context) =>
      payload(
        context,
        joinNeighborhood(context.em, context.viewer.userId, input),
      ),
    acceptInvite: (_, { input }, context) =>
      payload(
        context,
        acceptInvite(
          context.em,
          context.viewer.userId,
          fromInviteCode(context.signatures, input.code),
        ),
      ),
    approveMember: deciding('APPROVE'),
    declineMember: deciding('DECLINE'),
    reinstateMember: deciding('REINSTATE'),
    makeSteward: deciding('MAKE_STEWARD'),
    suspendMember: excluding('SUSPEND'),
    banMember: excluding('BAN'),
    async handOverStewardship(_, { input }, context) {
      const { em, viewer, loaders, reads } = context;
      const { membershipId, ownId } = await handOverStewardship(
        em,
        viewer.userId,
        input.membershipId,
      );
      clearLoaders(loaders);
      return {
        membership: await readMembership(reads, membershipId),
        viewerMembership: await readMembership(reads, ownId),
        errors: [],
      };
    },
    stepDown: (_, { input }, context) =>
      payload(
        context,
        stepDown(context.em, context.viewer.userId, input.neighborhoodId),
      ),
    leaveNeighborhood: (_, { input }, context) =>
      payload(
        context,
        leaveNeighborhood(
          context.em,
          context.viewer.userId,
          input.neighborhoodId,
        ),
      ),
  },
  Neighborhood: {
    viewerMembership: ({ id }, _, { loaders }) =>
      loaders.ownMemberships.load(id),
    async members({ id }, { status, ...args }, { reads, viewer }) {
      const page = toPage(args);
      const members = viewer
        ? await readMembers(reads, viewer.userId, id, status ?? 'ACTIVE', page)
        : [];
      return toConnection(members, page);
    },
  },
  Membership: {
    user: ({ userId }, _, { loaders }) => loaders.namedPeople.load(userId),
    neighborhood: ({ neighborhoodId }, _, { loaders }) =>
      loaders.neighborhoods.load(neighborhoodId),
    note: async (membership, _, context) =>
      membership.note !== '' && (await seesRequest(membership, context))
        ? membership.note
        : null,
    invitedBy: async (membership, _, context) =>
      membership.invitedById && (await seesRequest(membership, context))
        ? context.loaders.namedPeople.load(membership.invitedById)
        : null,
    // A membership does not change while it is pending.
    requestedAt: ({ status, updatedAt }) =>
      status === 'PENDING' ? updatedAt : null,
    async viewerActions(membership, _, context) {
      const { viewer, loaders } = context;
      const own = await loaders.ownMemberships.load(membership.neighborhoodId);
      const ties =
        viewer?.userId === membership.userId
          ? await ownTies(membership, context)
          : NO_TIES;
      return membershipActions(own, membership, ties);
    },
  },
} satisfies Resolvers;
