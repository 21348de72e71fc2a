import { validate as isUuid } from 'uuid';
import type { Context } from '../context';
import type { Resolvers } from '../generated/types';
import { translateFor } from '../language/readerLanguage';
import { text } from '../language/text';
import { changeProfile } from '../photos/changeProfile';
import { readViewer } from './readViewer';
import { isDeletedUser } from './user.entity';
import type { Reachable } from './users.reads';

/** Reads a user whom the viewer can see. */
const findUser = (
  _: unknown,
  { id }: { id: string },
  { loaders }: Pick<Context, 'loaders'>,
) => (isUuid(id) ? loaders.people.load(id.toLowerCase()) : null);

/** Resolvers of the viewer, other users, and profiles. */
export const userResolvers = {
  Query: {
    me: (_, __, context) => readViewer(context),
    user: findUser,
    person: findUser,
  },
  Mutation: {
    async updateProfile(_, { input }, context) {
      await changeProfile(context.em, context.viewer.userId, input);
      return { user: await readViewer(context), errors: [] };
    },
  },
  User: {
    deleted: isDeletedUser,
    name: (user, _, context) =>
      isDeletedUser(user)
        ? translateFor(context, text('users.formerNeighbor'))
        : user.name,
    address: ({ id }, _, context) => ownOnly('address', id, context),
    phone: ({ id }, _, context) => ownOnly('phone', id, context),
    email: ({ id }, _, context) => ownOnly('email', id, context),
    unverifiedEmail: ({ id }, _, context) =>
      ownOnly('unverifiedEmail', id, context),
    remindersByEmail: ({ id }, _, context) =>
      ownOnly('remindersByEmail', id, context),
    language: ({ id }, _, context) => ownOnly('language', id, context),
  },
} satisfies Resolvers;

/** Reads a field that only the user themselves may see; null for all others. */
async function ownOnly<Field extends keyof Reachable>(
  field: Field,
  userId: string,
  { viewer, loaders }: Pick<Context, 'viewer' | 'loaders'>,
): Promise<Reachable[Field] | null> {
  if (viewer?.userId !== userId) return null;
  const reachable = await loaders.reachable.load(userId);
  // Texts that were never written are empty in the database.
  return reachable[field] === '' ? null : reachable[field];
}
