import type { Resolvers } from '../generated/types';
import { translateFor } from '../language/readerLanguage';
import { readViewer } from '../users/readViewer';
import { deviceName } from './deviceName';
import { revokeOtherSessions, revokeSession } from './sessions';

/** The viewer's sessions and their revocation. */
export const sessionResolvers = {
  Mutation: {
    async revokeSession(_, { input: { sessionId } }, context) {
      const { viewer, cookie, reply } = context;
      const revoked = await revokeSession(context, viewer.userId, sessionId);
      if (revoked === viewer.sessionId) cookie.clear(reply);
      return { user: await readViewer(context), errors: [] };
    },
    async revokeOtherSessions(_, __, context) {
      const { userId, sessionId } = context.viewer;
      return {
        revokedCount: await revokeOtherSessions(context, userId, sessionId),
        user: await readViewer(context),
        errors: [],
      };
    },
  },
  User: {
    sessions: ({ id }, _, { viewer, loaders }) =>
      viewer?.userId === id ? loaders.sessions.load(viewer.sessionId) : null,
  },
  Session: {
    device: ({ userAgent }, _, context) =>
      translateFor(context, deviceName(userAgent)),
    current: ({ id }, _, { viewer }) => id === viewer?.sessionId,
    // The current use is written to the table only within a minute.
    lastUsedAt: ({ id, lastUsedAt }, _, { viewer }) =>
      id === viewer?.sessionId ? new Date() : lastUsedAt,
  },
} satisfies Resolvers;
