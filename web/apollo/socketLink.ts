import { ApolloLink } from '@apollo/client/link';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import type { Client } from 'graphql-ws';
import { CloseCode, createClient } from 'graphql-ws';
import {
  EMPTY,
  NEVER,
  Observable,
  concat,
  defer,
  from,
  fromEvent,
  merge,
  mergeMap,
  retry,
  take,
  throwError,
  timer,
} from 'rxjs';
import { socketAwareness } from './clientAwareness';
import type { SessionStore } from '../session/session';
import { isExpiring } from '../session/session';
import type { Renew } from './renewal';

/** Interval between pings, and time limit for the reply to one. */
const PING_INTERVAL_MS = 20_000;
const PONG_TIMEOUT_MS = 10_000;

/**
 * 0.5 s, 1 s, 2 s, and then every 4 s; minus a random part, so that clients do not all
 * reconnect at once after a restart.
 */
const pause = (attempt: number) =>
  Math.min(250 * 2 ** attempt, 4_000) * (0.75 + Math.random() / 4);

/** Options of the socket link. */
export type SocketOptions = {
  session: SessionStore;
  renew: Renew;
  /** URL of the API; by default on the server of the page. */
  url?: string;
};

/**
 * Runs subscriptions over a WebSocket, which is open while there are subscribers. They never receive an
 * error: the socket is reopened after a growing pause, or immediately when the browser is online again.
 * Missed events are not sent again, so an operation may pass `context: { listening }`, which is called
 * each time the subscription has started, to fetch what was missed.
 *
 * The code 4401 means that the token is no longer valid. The session is then renewed once, as in
 * `authLink`: it continues with a new token, or has ended.
 */
export function createSocketLink({
  session,
  renew,
  url = `${location.origin.replace(/^http/, 'ws')}/graphql`,
}: SocketOptions): ApolloLink {
  let attempts = 0;
  let isRefused = false;
  let isRenewed = false;

  const socket = createSocket(url, session);
  socket.on('closed', (event) => {
    isRefused =
      (event as Partial<CloseEvent>).code === Number(CloseCode.Unauthorized);
  });
  // A connection that has lasted a while is healthy: the next loss starts a new series of attempts.
  socket.on('pong', () => {
    attempts = 0;
    isRenewed = false;
  });

  return new ApolloLink((operation) => {
    const { listening } = operation.getContext() as { listening?: () => void };
    const freshen = async () => {
      if (!isRefused && !isExpiring(session.get())) return;
      // The server has refused a token that it has just issued.
      if (isRefused && isRenewed) session.end();
      isRenewed = isRefused;
      isRefused = false;
      if (session.get().status === 'loggedIn') await renew(operation.client);
    };
    const listen = () => {
      // The session has ended, so there is no user to notify.
      if (session.get().status !== 'loggedIn') return NEVER;
      return merge(
        hear(socket, listening),
        concat(
          new GraphQLWsLink(socket).request(operation),
          throwError(() => new Error('The server has stopped telling')),
        ),
      );
    };

    return defer(() => from(freshen()).pipe(mergeMap(listen))).pipe(
      retry({
        delay: () =>
          merge(
            timer(pause((attempts += 1))),
            fromEvent(window, 'online'),
          ).pipe(take(1)),
      }),
    );
  });
}

function createSocket(url: string, session: SessionStore): Client {
  let impatience: ReturnType<typeof setTimeout> | undefined;
  const socket = createClient({
    url,
    // The link decides about retries itself, for all close codes.
    retryAttempts: 0,
    connectionAckWaitTimeout: PONG_TIMEOUT_MS,
    keepAlive: PING_INTERVAL_MS,
    connectionParams: () => {
      const current = session.get();
      return current.status === 'loggedIn'
        ? { ...socketAwareness, accessToken: current.accessToken }
        : socketAwareness;
    },
    on: {
      // After sleep, a phone only detects a dead connection by sending a ping.
      ping: (isFromServer) => {
        if (!isFromServer)
          impatience = setTimeout(() => socket.terminate(), PONG_TIMEOUT_MS);
      },
      pong: (isFromServer) => {
        if (isFromServer) clearTimeout(impatience);
      },
      closed: () => clearTimeout(impatience),
    },
  });
  return socket;
}

/** Calls back each time that the server has started to send events. Emits nothing itself. */
const hear = (socket: Client, listening?: () => void): Observable<never> =>
  listening ? new Observable(() => socket.on('connected', listening)) : EMPTY;
