import type { Resolvers } from '../generated/types';
import { cleanCode } from '../generated/texts';
import { translateFor } from '../language/readerLanguage';
import { answerLoan, readAnswerLink } from './answerLinks';

/** Resolvers of the links with which owners answer from a mail or notification. */
export const answerLinkResolvers = {
  Query: {
    async answerLink(_, { token }, context) {
      const link = await readAnswerLink(context, cleanCode(token));
      if (!link?.problem) return link && { ...link, problem: null };
      return { ...link, problem: await translateFor(context, link.problem) };
    },
  },
  Mutation: {
    async answerLoan(_, { input: { token } }, context) {
      const { answer, loanId } = await answerLoan(context, token);
      return { action: answer, loanId, errors: [] };
    },
  },
} satisfies Resolvers;
