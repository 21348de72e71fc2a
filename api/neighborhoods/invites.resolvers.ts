import type { Resolvers } from '../generated/types';
import type { Invite, InviteRow } from './invite.entity';
import { fromInviteCode, toInviteCode } from './inviteCodes';
import { createInvite, revokeInvite } from './invites';
import { readInvitation, readInvites } from './invites.reads';

const toInvite = (row: InviteRow): Invite => ({
  ...row,
  neighborhoodId: row.neighborhood.id,
  createdById: row.createdBy.id,
});

/** Resolvers of invites. */
export const inviteResolvers: Resolvers = {
  Query: {
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
    invites: ({ id }, _, { reads, viewer }) =>
      viewer ? readInvites(reads, viewer.userId, id) : [],
  },
  Invite: {
    code: ({ id }, _, { signatures }) => toInviteCode(signatures, id),
    createdBy: ({ createdById }, _, { loaders }) =>
      loaders.users.load(createdById),
  },
};
