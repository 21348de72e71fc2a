import type { Context } from '../context';
import type { Resolvers } from '../generated/types';
import { blockPerson, unblockPerson, type CanSee } from './blocks';
import { readBlocked } from './blocks.reads';

const seenBy =
  ({ loaders }: Context): CanSee =>
  async (userId) =>
    Boolean(await loaders.knownUsers.load(userId));

/** Resolvers of blocks between people. */
export const blockResolvers = {
  Query: {
    myBlocks: (_, __, { reads, viewer }) => readBlocked(reads, viewer.userId),
  },
  Mutation: {
    async blockPerson(_, { input: { userId } }, context) {
      const { em, viewer, loaders } = context;
      const id = await blockPerson(em, viewer.userId, userId, seenBy(context));
      return { user: await loaders.users.load(id), errors: [] };
    },
    async unblockPerson(_, { input: { userId } }, context) {
      const { em, viewer, loaders } = context;
      const id = await unblockPerson(
        em,
        viewer.userId,
        userId,
        seenBy(context),
      );
      return { user: await loaders.users.load(id), errors: [] };
    },
  },
  User: {
    blockedByViewer: ({ id }, _, { loaders }) => loaders.blocked.load(id),
  },
} satisfies Resolvers;
