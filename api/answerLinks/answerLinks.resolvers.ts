import type { Resolvers } from '../generated/types';
import { cleanCode } from '../generated/texts';
import { answerLoan, readAnswerLink } from './answerLinks';

/** Resolvers of the links with which owners answer from a mail or notification. */
export const answerLinkResolvers = {
  Query: {
    answerLink: (_, { token }, context) =>
      readAnswerLink(context, cleanCode(token)),
  },
  Mutation: {
    async answerLoan(_, { input: { token } }, context) {
      const { answer, loanId } = await answerLoan(context, token);
      return { action: answer, loanId, errors: [] };
    },
  },
} satisfies Resolvers;
