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
 * Renews the session by its cookie and updates the session store. Concurrent calls share
 * one request. An unreachable server does not end a session: the request is repeated
 * until there is an answer.
 */
export type Renew = (client: ApolloClient) => Promise<void>;

/** Creates the function that renews this tab's session. */
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
