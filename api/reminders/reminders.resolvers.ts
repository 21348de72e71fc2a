import type { Resolvers } from '../generated/types';
import { readViewer } from '../users/readViewer';
import { updateTopic } from '../topics/topics';

/** Resolvers of e-mail reminders. */
export const reminderResolvers = {
  Mutation: {
    async updateReminders(_, { input: { byEmail } }, context) {
      const { em, viewer } = context;
      await updateTopic(em, viewer.userId, 'DUE_DATES', {
        push: null,
        mail: byEmail,
      });
      return { user: await readViewer(context), errors: [] };
    },
  },
} satisfies Resolvers;
