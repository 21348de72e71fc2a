import { validate as isUuid } from 'uuid';
import type { Context } from '../context';
import type { Resolvers } from '../generated/types';
import { blockPerson, unblockPerson, type FindPerson } from './blocks';
import { readBlocked } from './blocks.reads';

const visibleTo =
  ({ loaders }: Context): FindPerson =>
  (userId) =>
    loaders.people.load(userId);

/** Resolvers of blocks between people. */
export const blockResolvers = {
  Query: {
    myBlocks: (_, __, { reads, viewer }) => readBlocked(reads, viewer.userId),
  },
  Mutation: {
    async blockPerson(_, { input: { userId } }, context) {
      const { em, viewer, loaders } = context;
      const id = await blockPerson(
        em,
        viewer.userId,
        userId,
        visibleTo(context),
      );
      return {
        user: await loaders.blockedUsers.clear(id).load(id),
        errors: [],
      };
    },
    async unblockPerson(_, { input: { userId } }, context) {
      const { em, viewer, loaders } = context;
      const blocked = isUuid(userId)
        ? await loaders.blockedUsers.load(userId.toLowerCase())
        : null;
      const id = await unblockPerson(
        em,
        viewer.userId,
        userId,
        visibleTo(context),
      );
      // Users who are not neighbors any more keep the names of the block.
      const visible = await loaders.people.clear(id).load(id);
      return { user: visible ?? blocked, errors: [] };
    },
  },
  User: {
    blockedByViewer: ({ id }, _, { loaders }) => loaders.blocked.load(id),
  },
} satisfies Resolvers;
