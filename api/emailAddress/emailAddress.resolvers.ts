import type { Context } from '../context';
import type { Resolvers } from '../generated/types';
import { requestedLanguage } from '../language/language';
import { afterResponse } from '../mail/afterResponse';
import { readViewer } from '../users/readViewer';
import { readUser } from '../users/users.reads';
import {
  cancelEmailChange,
  changeEmail,
  removeEmail,
  resendVerification,
  verifyEmail,
  type EmailDependencies,
} from './emailAddress';

/** Collects what the verbs need. Mails are sent after the response, so that its timing reveals nothing. */
const dependencies = (context: Context): EmailDependencies => ({
  em: context.em,
  passwords: context.passwords,
  throttle: context.throttle,
  network: context.network,
  publicUrl: context.publicUrl,
  mailer: afterResponse(context),
  requested: requestedLanguage(context.request.headers),
});

/** Changing, verifying and removing an e-mail address. */
export const emailAddressResolvers = {
  Mutation: {
    async changeEmail(_, { input }, context) {
      await changeEmail(dependencies(context), context.viewer.userId, input);
      return { user: await readViewer(context), errors: [] };
    },
    async resendVerification(_, { input: { email } }, context) {
      const { userId } = context.viewer;
      await resendVerification(dependencies(context), userId, email);
      return { user: await readViewer(context), errors: [] };
    },
    async cancelEmailChange(_, { input: { email } }, context) {
      await cancelEmailChange(context.em, context.viewer.userId, email);
      return { user: await readViewer(context), errors: [] };
    },
    async removeEmail(_, { input: { password } }, context) {
      const { userId } = context.viewer;
      await removeEmail(dependencies(context), userId, password);
      return { user: await readViewer(context), errors: [] };
    },
    async verifyEmail(_, { input: { token } }, { em, reads, loaders }) {
      const { userId, email } = await verifyEmail(em, token);
      loaders.reachable.clear(userId);
      return { email, user: await readUser(reads, userId), errors: [] };
    },
  },
} satisfies Resolvers;
