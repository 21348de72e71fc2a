import type { Resolvers } from '../generated/types';
import { networkOf } from '../limits/network';
import { afterAnswer } from '../mail/afterAnswer';
import { emailKey } from '../users/user.entity';
import { sendPasswordReset } from './passwordMails';
import { resetPassword } from './passwordReset';

/** A new password for those who have forgotten theirs. */
export const passwordResetResolvers: Resolvers = {
  Mutation: {
    async requestPasswordReset(_, { input: { email } }, context) {
      const { em, publicUrl, throttle } = context;
      const key = emailKey(email) ?? email;
      await throttle.passwordReset(networkOf(context.request.ip), key);
      sendPasswordReset({ em, publicUrl, mailer: afterAnswer(context) }, email);
      return { accepted: true, errors: [] };
    },
    async resetPassword(_, { input }, context) {
      return { user: await resetPassword(context, input), errors: [] };
    },
  },
};
