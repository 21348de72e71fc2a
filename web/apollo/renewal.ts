import type { ApolloClient } from '@apollo/client';
import { graphql } from './graphql';
import type { SessionStore } from '../session/session';

const RENEW_SESSION = graphql(`
  mutation RenewSession {
    renewSession {
      accessToken
      expiresIn
      user {
        id
      }
    }
  }
`);

/**
 * Asks the session cookie who is logged in, and tells the session store. Everyone
 * who needs it at the same time waits for the same answer. A server that is away
 * does not end a session: it is asked again until it answers.
 */
export type Renew = (client: ApolloClient) => Promise<void>;

/** How this tab renews its session. */
export function createRenewal(session: SessionStore): Renew {
  let underWay: Promise<void> | undefined;

  const renew: Renew = async (client) => {
    const { data } = await client.mutate({
      mutation: RENEW_SESSION,
      fetchPolicy: 'no-cache',
      context: { anonymous: true, repeatable: true },
    });
    const { accessToken, expiresIn, user } = data?.renewSession ?? {};
    if (accessToken != null && expiresIn != null && user)
      session.resume({ accessToken, expiresIn, userId: user.id });
    else session.end();
  };

  return (client) => {
    underWay ??= renew(client).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
