import type { Resolvers } from '../generated/types';
import { unsubscribe, updateReminders } from './reminders';

/** Whether people are reminded by e-mail. */
export const reminderResolvers: Resolvers = {
  Mutation: {
    async updateReminders(_, { input: { byEmail } }, { em, viewer, loaders }) {
      const user = await updateReminders(em, viewer.userId, byEmail);
      loaders.reachable.clear(user.id);
      return { user, errors: [] };
    },
    async unsubscribe(_, { input: { token } }, context) {
      await unsubscribe(context, token);
      return { unsubscribed: true, errors: [] };
    },
  },
};
