import { toConnection, toPage } from '../pagination';
import type { Resolvers } from '../generated/types';
import { clearLoaders } from '../loaders';
import { sendMessage } from './messages';

/** Resolvers of messages. */
export const messageResolvers = {
  Mutation: {
    async sendMessage(_, { input }, { em, viewer, loaders }) {
      const sent = await sendMessage(em, viewer.userId, input);
      clearLoaders(loaders);
      return {
        message: await loaders.messages.load(sent.messageId),
        loan: await loaders.loans.load(sent.loanId),
        errors: [],
      };
    },
  },
  Message: {
    author: ({ authorId }, _, { loaders }) =>
      loaders.namedPeople.load(authorId),
  },
  Loan: {
    async messages({ id }, args, { loaders }) {
      const page = toPage(args);
      return toConnection(await loaders.threads.of(page).load(id), page);
    },
  },
  Notification: {
    message: ({ messageId }, _, { loaders }) =>
      messageId ? loaders.messages.load(messageId) : null,
  },
} satisfies Resolvers;
