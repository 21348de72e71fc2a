import type { Resolvers } from '../generated/types';
import { readViewer } from '../users/readViewer';
import {
  calendarFeedUrl,
  createCalendarFeed,
  deleteCalendarFeed,
} from './calendarFeeds';
import { toLoanFileUrl } from './loanFileUrls';

/** Resolvers of the address for calendar apps, and of the calendar file of a loan. */
export const calendarFeedResolvers = {
  Mutation: {
    async createCalendarFeed(_, { input: { replace } }, context) {
      const token = await createCalendarFeed(
        context.em,
        context.viewer.userId,
        replace === true,
      );
      return {
        url: calendarFeedUrl(context.publicUrl, token),
        user: await readViewer(context),
        errors: [],
      };
    },
    async deleteCalendarFeed(_, __, context) {
      await deleteCalendarFeed(context.em, context.viewer.userId);
      return { user: await readViewer(context), errors: [] };
    },
  },
  User: {
    calendarFeed: ({ id }, _, { viewer, loaders }) =>
      viewer?.userId === id ? loaders.calendarFeeds.load(id) : null,
  },
  Loan: {
    calendarUrl({ id, status, borrowerId, ownerId }, _, context) {
      const userId = context.viewer?.userId;
      const isAhead = status === 'APPROVED' || status === 'ON_LOAN';
      return userId && isAhead && [borrowerId, ownerId].includes(userId)
        ? toLoanFileUrl(context.signatures, { loanId: id, userId }, new Date())
        : null;
    },
  },
} satisfies Resolvers;
