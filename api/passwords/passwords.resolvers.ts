import type { Resolvers } from '../generated/types';
import { requestedLanguage } from '../language/language';
import { afterResponse } from '../mail/afterResponse';
import { readViewer } from '../users/readViewer';
import { emailKey } from '../users/user.entity';
import { readUser } from '../users/users.reads';
import { changePassword } from './changePassword';
import { sendPasswordReset } from './passwordMails';
import { resetPassword } from './passwordReset';

/** Changing a password, and resetting a forgotten one by mail. */
export const passwordResolvers = {
  Mutation: {
    async changePassword(_, { input }, context) {
      return {
        revokedCount: await changePassword(context, context.viewer, input),
        user: await readViewer(context),
        errors: [],
      };
    },
    async requestPasswordReset(_, { input: { email } }, context) {
      const { em, publicUrl, throttle, network } = context;
      const key = emailKey(email) ?? email;
      await throttle.countPasswordReset(network, key);
      sendPasswordReset(
        { em, publicUrl, mailer: afterResponse(context) },
        email,
        requestedLanguage(context.request.headers),
      );
      return { accepted: true, errors: [] };
    },
    async resetPassword(_, { input }, context) {
      const userId = await resetPassword(context, input);
      return { user: await readUser(context.reads, userId), errors: [] };
    },
  },
} satisfies Resolvers;
