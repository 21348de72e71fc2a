import { ApolloClient } from '@apollo/client';
import { ApolloLink } from '@apollo/client/link';
import { HttpLink } from '@apollo/client/link/http';
import { OperationTypeNode } from 'graphql';
import { defer, mergeMap, retry } from 'rxjs';
import type { ConnectionStore } from '../session/connection';
import type { SessionStore } from '../session/session';
import { languageInUse } from '../languages/texts';
import { createAuthLink } from './authLink';
import { createCache } from './cache';
import { clientAwareness } from './clientAwareness';
import type { Renew } from './renewal';
import { createRetryLink } from './retryLink';

/** The parts that all clients of this tab share. */
export type Network = {
  session: SessionStore;
  connection: ConnectionStore;
  renew: Renew;
  /** The link that sends and receives; tests replace it. */
  terminating?: ApolloLink;
};

/**
 * A client with an empty cache. Each user gets a client of their own: when
 * the user changes, the old client is dropped together with its cache.
 */
export function createClient({
  session,
  connection,
  renew,
  terminating,
}: Network): ApolloClient {
  const http = new HttpLink({
    uri: '/graphql',
    credentials: 'same-origin',
    // The language of the page, which need not be that of the browser.
    headers: { 'accept-language': languageInUse() },
  });
  const asks = createRetryLink(connection).concat(terminating ?? http);
  const listens = terminating ?? createLazySocketLink(session, renew);

  return new ApolloClient({
    link: createAuthLink(session, renew).split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      listens,
      asks,
    ),
    cache: createCache(),
    clientAwareness,
    dataMasking: true,
  });
}

/** Loads the socket and its code with the first subscription: visitors do not need them. */
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
