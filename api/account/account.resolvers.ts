import type { Resolvers } from '../generated/types';
import { deleteAccount } from './deleteAccount';

/** An account as a whole. */
export const accountResolvers = {
  Mutation: {
    async deleteAccount(_, { input: { password } }, context) {
      const { viewer, cookie, reply } = context;
      await deleteAccount(context, viewer.userId, password);
      cookie.clear(reply);
      return { deleted: true, errors: [] };
    },
  },
} satisfies Resolvers;
