import type { Resolvers } from '../generated/types';
import { readViewer } from '../users/readViewer';
import { unsubscribe, updateReminders } from './reminders';

/** Resolvers of e-mail reminders. */
export const reminderResolvers = {
  Mutation: {
    async updateReminders(_, { input: { byEmail } }, context) {
      await updateReminders(context.em, context.viewer.userId, byEmail);
      return { user: await readViewer(context), errors: [] };
    },
    async unsubscribe(_, { input: { token } }, context) {
      await unsubscribe(context, token);
      return { unsubscribed: true, errors: [] };
    },
  },
} satisfies Resolvers;
