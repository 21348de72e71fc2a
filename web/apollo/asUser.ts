import type { ApolloClient } from '@apollo/client';
import { IdentityChangedError } from '../errors';
import type { SessionStore } from '../session/session';
import { identityOf, isExpiring } from '../session/session';
import type { Renew } from './renewal';

/** What it takes to speak for whoever is logged in, past GraphQL. */
export type Speaker = {
  session: SessionStore;
  renew: Renew;
  client: ApolloClient;
};

/** What routes beside GraphQL answer where they refuse. */
export type Refusable = {
  errors?: { message: string; extensions?: { code?: string } }[];
};

/**
 * Sends something with the token of whoever is logged in, renewed as `authLink` does it where it is
 * about to expire or was refused. Throws IdentityChangedError where somebody else is at the keyboard
 * by now.
 */
export async function asUser<Answer extends Refusable>(
  { session, renew, client }: Speaker,
  send: (accessToken: string) => Promise<Answer>,
): Promise<Answer> {
  const identity = identityOf(session.get());
  const attempt = () => {
    const current = session.get();
    if (current.status !== 'loggedIn' || current.userId !== identity)
      throw anotherPerson();
    return send(current.accessToken);
  };

  if (isExpiring(session.get())) await renew(client);
  let answer = await attempt();
  if (isRefused(answer)) {
    await renew(client);
    answer = await attempt();
    if (isRefused(answer)) session.end();
  }
  if (identityOf(session.get()) !== identity) throw anotherPerson();
  return answer;
}

const anotherPerson = () =>
  new IdentityChangedError('This is of somebody else');

const isRefused = ({ errors }: Refusable) =>
  errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED') ??
  false;
