import type { Context } from '../context';
import { sendVerification } from '../emailAddress/emailAddressMails';
import { InvalidCredentials } from '../errors';
import type { Resolvers } from '../generated/types';
import { requestedLanguage } from '../language/language';
import { afterResponse } from '../mail/afterResponse';
import { readUser } from '../users/users.reads';
import {
  login,
  logout,
  renewSession,
  signUp,
  type Client,
  type Login,
} from './auth';

const client = ({ request, network }: Context): Client => ({
  userAgent: request.headers['user-agent'] ?? '',
  network,
  language: requestedLanguage(request.headers),
});

/** Sets the session cookie and returns the token for the payload. */
async function toPayload({ cookie, reply, reads }: Context, result: Login) {
  const user = await readUser(reads, result.userId);
  // The account has just been deleted.
  if (!user) throw new InvalidCredentials();
  cookie.set(reply, result.secret, result.sessionEnd);
  const { accessToken, expiresIn } = result;
  return { accessToken, expiresIn, user, errors: [] };
}

/** Sends the link that verifies the address of a sign-up, after the response: its timing reveals nothing. */
const sendLink = (context: Context, userId: string, email: string) => {
  const { em, throttle, network, publicUrl, request } = context;
  const mailer = afterResponse(context);
  const requested = requestedLanguage(request.headers);
  sendVerification(
    { em, throttle, network, publicUrl, mailer, requested },
    userId,
    email,
  );
};

/** Signing up, logging in and out, renewing a session. */
export const authResolvers = {
  Mutation: {
    async signUp(_, { input }, context) {
      const result = await signUp(context, input, client(context));
      if (input.email != null) sendLink(context, result.userId, input.email);
      return toPayload(context, result);
    },

    async login(_, { input }, context) {
      return toPayload(context, await login(context, input, client(context)));
    },

    async logout(_, __, context) {
      const { cookie, request, reply, tokenSessionId } = context;
      const loggedOut = await logout(context, {
        sessionId: tokenSessionId,
        secret: cookie.read(request),
      });
      cookie.clear(reply);
      return { loggedOut, errors: [] };
    },

    async renewSession(_, __, context) {
      const { cookie, request, reads } = context;
      const renewed = await renewSession(context, cookie.read(request));
      const user = renewed && (await readUser(reads, renewed.userId));
      if (!user)
        return { accessToken: null, expiresIn: null, user: null, errors: [] };
      const { accessToken, expiresIn } = renewed;
      return { accessToken, expiresIn, user, errors: [] };
    },
  },
} satisfies Resolvers;
