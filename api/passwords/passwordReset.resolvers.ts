import type { Resolvers } from '../generated/types';
import { networkKey } from '../limits/networkKey';
import { afterResponse } from '../mail/afterResponse';
import { emailKey } from '../users/user.entity';
import { sendPasswordReset } from './passwordMails';
import { resetPassword } from './passwordReset';

/** A new password for those who have forgotten theirs. */
export const passwordResetResolvers: Resolvers = {
  Mutation: {
    async requestPasswordReset(_, { input: { email } }, context) {
      const { em, publicUrl, throttle } = context;
      const key = emailKey(email) ?? email;
      await throttle.countPasswordReset(networkKey(context.request.ip), key);
      sendPasswordReset(
        { em, publicUrl, mailer: afterResponse(context) },
        email,
      );
      return { accepted: true, errors: [] };
    },
    async resetPassword(_, { input }, context) {
      return { user: await resetPassword(context, input), errors: [] };
    },
  },
};
