import { ApolloClient } from '@apollo/client';
import { ApolloLink } from '@apollo/client/link';
import { HttpLink } from '@apollo/client/link/http';
import { OperationTypeNode } from 'graphql';
import { defer, mergeMap, retry } from 'rxjs';
import type { ConnectionStore } from '../session/connection';
import type { SessionStore } from '../session/session';
import { createAuthLink } from './authLink';
import { createCache } from './cache';
import type { Renew } from './renewal';
import { createRetryLink } from './retryLink';

/** What every client of this tab shares. */
export type Network = {
  session: SessionStore;
  connection: ConnectionStore;
  renew: Renew;
  /** What sends and receives; tests put something else here. */
  terminating?: ApolloLink;
};

/**
 * A client with an empty cache. There is one for each person at the keyboard: when
 * somebody else logs in, the old one is left behind with everything it knew.
 */
export function createClient({
  session,
  connection,
  renew,
  terminating,
}: Network): ApolloClient {
  const http = new HttpLink({ uri: '/graphql', credentials: 'same-origin' });
  const asks = createRetryLink(connection).concat(terminating ?? http);
  const listens = terminating ?? createLazySocketLink(session, renew);

  return new ApolloClient({
    link: createAuthLink(session, renew).split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      listens,
      asks,
    ),
    cache: createCache(),
    dataMasking: true,
  });
}

/** The socket and its code are fetched when somebody listens: visitors have no use for them. */
function createLazySocketLink(session: SessionStore, renew: Renew): ApolloLink {
  let socket: ApolloLink | undefined;
  return new ApolloLink((operation, forward) =>
    defer(() => import('./socketLink')).pipe(
      retry({ delay: 4_000 }),
      mergeMap(({ createSocketLink }) => {
        socket ??= createSocketLink({ session, renew });
        return socket.request(operation, forward);
      }),
    ),
  );
}
