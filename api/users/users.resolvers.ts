import { validate as isUuid } from 'uuid';
import type { Context } from '../context';
import { Unauthenticated } from '../errors';
import type { Resolvers } from '../generated/types';
import { isDeletedUser } from './user.entity';
import { readUser, type Reachable } from './users.reads';

/** The viewer, and people. */
export const userResolvers: Resolvers = {
  Query: {
    async me(_, __, { viewer, reads }) {
      const user = await readUser(reads, viewer.userId);
      // The account was deleted a moment ago, and its sessions with it.
      if (!user) throw new Unauthenticated('TOKEN_REVOKED', { whole: true });
      return user;
    },
    person: (_, { id }, { loaders }) =>
      isUuid(id) ? loaders.people.load(id.toLowerCase()) : null,
  },
  User: {
    deleted: isDeletedUser,
    address: ({ id }, _, context) => ownOnly('address', id, context),
    phone: ({ id }, _, context) => ownOnly('phone', id, context),
    email: ({ id }, _, context) => ownOnly('email', id, context),
    unverifiedEmail: ({ id }, _, context) =>
      ownOnly('unverifiedEmail', id, context),
    remindersByEmail: ({ id }, _, context) =>
      ownOnly('remindersByEmail', id, context),
  },
};

/** What somebody reads about themselves; null for everybody else. */
async function ownOnly<Field extends keyof Reachable>(
  field: Field,
  userId: string,
  { viewer, loaders }: Pick<Context, 'viewer' | 'loaders'>,
): Promise<Reachable[Field] | null> {
  if (viewer?.userId !== userId) return null;
  return (await loaders.reachable.load(userId))[field];
}
