import type { Context } from '../context';
import type { Resolvers } from '../generated/types';
import { networkKey } from '../limits/networkKey';
import {
  login,
  logout,
  renewSession,
  signUp,
  type Client,
  type Login,
} from './auth';

const client = ({ request }: Context): Client => ({
  userAgent: request.headers['user-agent'] ?? '',
  network: networkKey(request.ip),
});

/** The browser is handed its half of the session as a cookie; the token goes into the payload. */
function toPayload({ cookie, reply }: Context, result: Login) {
  cookie.set(reply, result.secret, result.sessionEnd);
  const { accessToken, expiresIn, user } = result;
  return { accessToken, expiresIn, user };
}

/** Signing up, logging in and out, going on. */
export const authResolvers: Resolvers = {
  Mutation: {
    async signUp(_, { input }, context) {
      const result = await signUp(context, input, client(context));
      return { ...toPayload(context, result), errors: [] };
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
      return { loggedOut };
    },

    async renewSession(_, __, context) {
      const renewed = await renewSession(
        context,
        context.cookie.read(context.request),
      );
      return renewed ?? { accessToken: null, expiresIn: null, user: null };
    },
  },
};
