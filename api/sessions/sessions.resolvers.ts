import type { SignedInContext } from '../context';
import { Unauthenticated } from '../errors';
import type { Resolvers } from '../generated/types';
import type { User } from '../users/user.entity';
import { readUser } from '../users/users.reads';
import { changePassword } from '../passwords/changePassword';
import { deviceName } from './deviceName';
import { revokeOtherSessions, revokeSession } from './sessions';

/** The viewer as they are now, with the sessions that are left. */
async function reloadViewer({
  reads,
  loaders,
  viewer,
}: SignedInContext): Promise<User> {
  loaders.sessions.clearAll();
  const user = await readUser(reads, viewer.userId);
  if (!user) throw new Unauthenticated('TOKEN_REVOKED', { whole: true });
  return user;
}

/** Where somebody is logged in, how that ends, and the password, with which all else ends. */
export const sessionResolvers: Resolvers = {
  Mutation: {
    async revokeSession(_, { input: { sessionId } }, context) {
      const { viewer, cookie, reply } = context;
      const ended = await revokeSession(context, viewer.userId, sessionId);
      if (ended === viewer.sessionId) cookie.clear(reply);
      return { user: await reloadViewer(context), errors: [] };
    },
    async revokeOtherSessions(_, __, context) {
      const { userId, sessionId } = context.viewer;
      return {
        revokedCount: await revokeOtherSessions(context, userId, sessionId),
        user: await reloadViewer(context),
      };
    },
    async changePassword(_, { input }, context) {
      return {
        revokedCount: await changePassword(context, context.viewer, input),
        user: await reloadViewer(context),
        errors: [],
      };
    },
  },
  User: {
    sessions: ({ id }, _, { viewer, loaders }) =>
      viewer?.userId === id ? loaders.sessions.load(viewer.sessionId) : null,
  },
  Session: {
    device: ({ userAgent }) => deviceName(userAgent),
    current: ({ id }, _, { viewer }) => id === viewer?.sessionId,
    // That it is being used now is written down within a minute.
    lastUsedAt: ({ id, lastUsedAt }, _, { viewer }) =>
      id === viewer?.sessionId ? new Date() : lastUsedAt,
  },
};
