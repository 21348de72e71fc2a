import type { Context } from '../context';
import type { Resolvers } from '../generated/types';
import { afterResponse } from '../mail/afterResponse';
import type { UserRow } from '../users/user.entity';
import {
  cancelEmailChange,
  changeEmail,
  removeEmail,
  resendVerification,
  verifyEmail,
  type EmailDependencies,
} from './emailAddress';

/** What the verbs work with; nothing of a mail shows in how long the answer takes. */
const dependencies = (context: Context): EmailDependencies => ({
  em: context.em,
  passwords: context.passwords,
  throttle: context.throttle,
  publicUrl: context.publicUrl,
  mailer: afterResponse(context),
});

/** What is read about somebody from now on is as it was changed. */
function changed({ loaders }: Context, user: UserRow) {
  loaders.reachable.clear(user.id);
  return { user, errors: [] };
}

/** A person's e-mail address: giving, verifying and taking it away. */
export const emailAddressResolvers: Resolvers = {
  Mutation: {
    async changeEmail(_, { input }, context) {
      const { userId } = context.viewer;
      return changed(
        context,
        await changeEmail(dependencies(context), userId, input),
      );
    },
    async resendVerification(_, { input: { email } }, context) {
      const { userId } = context.viewer;
      return changed(
        context,
        await resendVerification(dependencies(context), userId, email),
      );
    },
    async cancelEmailChange(_, { input: { email } }, context) {
      const { em, viewer } = context;
      return changed(
        context,
        await cancelEmailChange(em, viewer.userId, email),
      );
    },
    async removeEmail(_, { input: { password } }, context) {
      const { userId } = context.viewer;
      return changed(
        context,
        await removeEmail(dependencies(context), userId, password),
      );
    },
    async verifyEmail(_, { input: { token } }, context) {
      const user = await verifyEmail(context.em, token);
      return { ...changed(context, user), email: user.email ?? null };
    },
  },
};
