import type { Resolvers } from '../generated/types';
import { readViewer } from '../users/readViewer';
import { readerLanguage } from './readerLanguage';
import { setLanguage } from './setLanguage';
import { isTranslated, inEnglish, translate } from './text';

/** Resolvers of the language of a user, and of texts that depend on it. */
export const languageResolvers = {
  Mutation: {
    async setLanguage(_, { input: { language } }, context) {
      await setLanguage(context.em, context.viewer.userId, language);
      return { user: await readViewer(context), errors: [] };
    },
  },
  UserError: {
    message: async ({ message }, _, context) =>
      isTranslated(message)
        ? translate(message, await readerLanguage(context))
        : inEnglish(message),
  },
} satisfies Resolvers;
