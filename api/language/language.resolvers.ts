import type { Resolvers } from '../generated/types';
import { readViewer } from '../users/readViewer';
import { translateFor } from './readerLanguage';
import { setLanguage } from './setLanguage';

/** Resolvers of the language of a user, and of texts that depend on it. */
export const languageResolvers = {
  Mutation: {
    async setLanguage(_, { input: { language } }, context) {
      await setLanguage(context.em, context.viewer.userId, language);
      return { user: await readViewer(context), errors: [] };
    },
  },
  UserError: {
    message: ({ message }, _, context) => translateFor(context, message),
  },
} satisfies Resolvers;
