import { validate as isUuid } from 'uuid';
import { dayIn } from '../calendar';
import { toConnection, toPage } from '../pagination';
import type { SignedInContext } from '../context';
import type { Resolvers } from '../generated/types';
import type { Invite, InviteRow } from './invite.entity';
import { fromInviteCode, toInviteCode } from './inviteCodes';
import { acceptInvite, createInvite, revokeInvite } from './invites';
import { joinNeighborhood } from './joinNeighborhood';
import { membershipPayload } from './membershipPayload';
import { decide, handOverStewardship, stepDown } from './memberships';
import { createNeighborhood, updateNeighborhood } from './neighborhoods';
import {
  readInvitation,
  readInvites,
  readMembers,
  readNeighborhood,
  readOpenNeighborhoods,
  readOwnMemberships,
} from './neighborhoods.reads';

/** More words than this find nothing that the first ones do not. */
const MAX_SEARCH_WORDS = 5;

const toInvite = (row: InviteRow): Invite => ({
  ...row,
  neighborhoodId: row.neighborhood.id,
  createdById: row.createdBy.id,
});

/** The resolver of a mutation by which a steward decides about somebody. */
const deciding =
  (decision: Parameters<typeof decide>[3]) =>
  async (
    _: unknown,
    { input }: { input: { membershipId: string } },
    context: SignedInContext,
  ) => {
    const { em, viewer } = context;
    const row = await decide(em, viewer.userId, input.membershipId, decision);
    return membershipPayload(row, context);
  };

/** Neighborhoods, who belongs to them, and how one comes in. */
export const neighborhoodResolvers: Resolvers = {
  Query: {
    myMemberships: (_, __, { reads, viewer }) =>
      readOwnMemberships(reads, viewer.userId),
    neighborhood: (_, { id }, { reads, viewer }) =>
      isUuid(id) ? readNeighborhood(reads, viewer.userId, id) : null,
    async neighborhoods(_, { search, ...args }, { reads, viewer }) {
      const page = toPage(args);
      const words = (search ?? '').split(/\s+/).filter(Boolean);
      return toConnection(
        await readOpenNeighborhoods(
          reads,
          viewer.userId,
          words.slice(0, MAX_SEARCH_WORDS),
          page,
        ),
        page,
      );
    },
    async invite(_, { code }, { signatures, reads, loaders }) {
      const id = fromInviteCode(signatures, code);
      const invitation = id && (await readInvitation(reads, id));
      if (!invitation) return null;
      const { neighborhood, invite } = invitation;
      const own = await loaders.ownMemberships.load(neighborhood.id);
      if (own?.status === 'BANNED') return null;
      return {
        neighborhoodName: neighborhood.name,
        neighborhoodAbout: neighborhood.about,
        memberCount: await loaders.memberCounts.load(neighborhood.id),
        expiresAt: invite.expiresAt,
      };
    },
  },
  Mutation: {
    createNeighborhood: async (_, { input }, { em, viewer }) => ({
      neighborhood: await createNeighborhood(em, viewer.userId, input),
      errors: [],
    }),
    updateNeighborhood: async (_, { input }, { em, viewer }) => ({
      neighborhood: await updateNeighborhood(em, viewer.userId, input),
      errors: [],
    }),
    async joinNeighborhood(_, { input: { neighborhoodId } }, context) {
      const { em, viewer } = context;
      const row = await joinNeighborhood(em, viewer.userId, neighborhoodId);
      return membershipPayload(row, context);
    },
    async acceptInvite(_, { input: { code } }, context) {
      const { em, viewer, signatures } = context;
      const id = fromInviteCode(signatures, code);
      const row = await acceptInvite(em, viewer.userId, id);
      return membershipPayload(row, context);
    },
    approveMember: deciding('APPROVE'),
    declineMember: deciding('DECLINE'),
    reinstateMember: deciding('REINSTATE'),
    makeSteward: deciding('MAKE_STEWARD'),
    async handOverStewardship(_, { input: { membershipId } }, context) {
      const { em, viewer } = context;
      const rows = await handOverStewardship(em, viewer.userId, membershipId);
      return {
        ...membershipPayload(rows.membership, context),
        viewerMembership: membershipPayload(rows.own, context).membership,
      };
    },
    async stepDown(_, { input: { neighborhoodId } }, context) {
      const { em, viewer } = context;
      const row = await stepDown(em, viewer.userId, neighborhoodId);
      return membershipPayload(row, context);
    },
    createInvite: async (_, { input }, { em, viewer }) => ({
      invite: toInvite(await createInvite(em, viewer.userId, input)),
      errors: [],
    }),
    revokeInvite: async (_, { input: { id } }, { em, viewer }) => ({
      invite: toInvite(await revokeInvite(em, viewer.userId, id)),
      errors: [],
    }),
  },
  Neighborhood: {
    today: ({ timeZone }) => dayIn(timeZone, new Date()),
    memberCount: ({ id }, _, { loaders }) => loaders.memberCounts.load(id),
    viewerMembership: ({ id }, _, { loaders }) =>
      loaders.ownMemberships.load(id),
    async members({ id }, { status, ...args }, { reads, viewer }) {
      const page = toPage(args);
      const members = viewer
        ? await readMembers(reads, viewer.userId, id, status ?? 'ACTIVE', page)
        : [];
      return toConnection(members, page);
    },
    invites: ({ id }, _, { reads, viewer }) =>
      viewer ? readInvites(reads, viewer.userId, id) : [],
  },
  Membership: {
    user: ({ userId }, _, { loaders }) => loaders.users.load(userId),
    neighborhood: ({ neighborhoodId }, _, { loaders }) =>
      loaders.neighborhoods.load(neighborhoodId),
  },
  Invite: {
    code: ({ id }, _, { signatures }) => toInviteCode(signatures, id),
    createdBy: ({ createdById }, _, { loaders }) =>
      loaders.users.load(createdById),
  },
};
