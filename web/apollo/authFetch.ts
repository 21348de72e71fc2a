import type { ApolloClient } from '@apollo/client';
import { IdentityChangedError, RequestError } from '../errors';
import { t } from '../languages/texts';
import type { SessionStore } from '../session/session';
import { identityOf, isExpiring } from '../session/session';
import type { Renew } from './renewal';

/** Sources of the access token for requests beside GraphQL. */
export type AuthFetchOptions = {
  session: SessionStore;
  renew: Renew;
  client: ApolloClient;
};

/** The errors in the answer of a route beside GraphQL; none on success. */
export type RouteAnswer = {
  errors?: { message: string; extensions?: { code?: string } }[];
};

/**
 * Sends a request beside GraphQL with the access token of the current user. The token is
 * renewed when it is about to expire or was refused, as `authLink` does it.
 * @param send sends the request with a token; throws if the server cannot be reached
 * @param signal aborts the request
 * @returns the answer, which has no errors
 * @throws RequestError with the reason; IdentityChangedError if the user changed while the
 *   request was in flight; an AbortError after `signal`
 */
export async function authFetch<Answer extends RouteAnswer>(
  { session, renew, client }: AuthFetchOptions,
  send: (accessToken: string) => Promise<Answer>,
  signal?: AbortSignal,
): Promise<Answer> {
  const identity = identityOf(session.get());
  const attempt = async () => {
    const current = session.get();
    if (current.status !== 'loggedIn' || current.userId !== identity)
      throw identityChanged();
    try {
      return await send(current.accessToken);
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw new RequestError(t('errors.unreachable'), { cause: error });
    }
  };

  if (isExpiring(session.get())) await renew(client);
  let answer = await attempt();
  if (isRefused(answer)) {
    await renew(client);
    answer = await attempt();
    if (isRefused(answer)) session.end();
  }
  if (identityOf(session.get()) !== identity) throw identityChanged();
  if (answer.errors)
    throw new RequestError(
      answer.errors[0]?.message ?? t('errors.unreachable'),
    );
  return answer;
}

const identityChanged = () =>
  new IdentityChangedError('The user changed during the request');

const isRefused = ({ errors }: RouteAnswer) =>
  errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED') ??
  false;
