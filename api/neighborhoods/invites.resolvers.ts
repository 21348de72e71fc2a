import type { SignedInContext } from '../context';
import { cleanCode } from '../generated/texts';
import type { Resolvers } from '../generated/types';
import { renamedId } from '../renamedId';
import { fromInviteCode, toInviteCode } from './inviteCodes';
import { createInvite, revokeInvite } from './invites';
import { readInvitation, readInvite, readInvites } from './invites.reads';

/** Creates the payload of a new or revoked invite. */
const payload = async (id: string, { reads, viewer }: SignedInContext) => ({
  invite: await readInvite(reads, viewer.userId, id),
  errors: [],
});

/** Resolvers of invites. */
export const inviteResolvers = {
  Query: {
    async invite(_, { code }, { signatures, reads, loaders, viewer }) {
      const id = fromInviteCode(signatures, cleanCode(code));
      const invitation =
        id && (await readInvitation(reads, viewer?.userId ?? null, id));
      if (!invitation) return null;
      const { neighborhood, invite, invitedBy, needsApproval } = invitation;
      const own = await loaders.ownMemberships.load(neighborhood.id);
      if (own?.status === 'BANNED') return null;
      return {
        neighborhoodName: neighborhood.name,
        neighborhoodAbout: neighborhood.about,
        memberCount: await loaders.memberCounts.load(neighborhood.id),
        invitedBy,
        needsApproval,
        viewerMembership: own,
        expiresAt: invite.expiresAt,
      };
    },
  },
  Mutation: {
    createInvite: async (_, { input }, context) =>
      payload(
        await createInvite(context.em, context.viewer.userId, input),
        context,
      ),
    revokeInvite: async (_, { input }, context) =>
      payload(
        await revokeInvite(
          context.em,
          context.viewer.userId,
          renamedId(input, 'inviteId'),
        ),
        context,
      ),
  },
  Neighborhood: {
    invites: ({ id }, _, { reads, viewer }) =>
      viewer ? readInvites(reads, viewer.userId, id) : [],
  },
  Invite: {
    code: ({ id }, _, { signatures }) => toInviteCode(signatures, id),
    createdBy: ({ createdById }, _, { loaders }) =>
      loaders.namedPeople.load(createdById),
  },
} satisfies Resolvers;
