import type { WebsocketHandler } from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import { makeServer, type WebSocket as Transport } from 'graphql-ws';
import { authenticate, tokenFailure, type Viewer } from '../auth/authenticate';
import { createSocketContext, type Services } from '../context';
import { redactError } from '../log';
import type { Inbox } from '../notifications/feed';
import type { FormatError } from './formatError';
import { MAX_RESPONSE_BYTES } from './responseLimits';
import { CLOSE_CODES } from './socketServer';
import {
  formatErrors,
  subscribe,
  prepareSubscription,
} from './socketOperations';

/** How long a client may take to send `connection_init`. */
const CONNECTION_INIT_TIMEOUT_MS = 5000;
/** How often the sessions of open sockets are checked. */
const SESSION_CHECK_INTERVAL_MS = 1000;
/** How often sockets are pinged. */
const PING_INTERVAL_MS = 15_000;
/** Unsent bytes per client, beyond which it is disconnected. */
const MAX_UNSENT_BYTES = 1_000_000;
/** Sockets per user: enough for a few devices with many tabs. */
const MAX_SOCKETS_PER_USER = 50;

type Socket = Parameters<WebsocketHandler>[0];

/** An open socket. */
type Connection = {
  socket: Socket;
  request: FastifyRequest;
  /** On the monotonic clock. */
  openedAt: number;
  /** The viewer and their inbox; null before `connection_init`. */
  login: { viewer: Viewer; inbox: Inbox } | null;
  /** Whether a pong has arrived since the last ping. */
  isAlive: boolean;
};

/** Subscriptions over WebSockets, by the protocol graphql-transport-ws. */
export type Sockets = {
  handler: WebsocketHandler;
  /** Stops the timers; `socketServer` closes the sockets. */
  close(): void;
};

/** Creates the handler of sockets, and the timers that ping them and check their sessions. */
export function createSockets(
  services: Services,
  schema: GraphQLSchema,
  formatError: FormatError,
): Sockets {
  const connections = new Set<Connection>();
  const sessionTimer = setInterval(() => {
    for (const line of connections) void closeIfLoggedOut(services, line);
  }, SESSION_CHECK_INTERVAL_MS).unref();
  const pingTimer = setInterval(() => {
    for (const line of connections) pingOrTerminate(line);
  }, PING_INTERVAL_MS).unref();

  return {
    handler(socket, request) {
      const line: Connection = {
        socket,
        request,
        openedAt: performance.now(),
        login: null,
        isAlive: true,
      };
      connections.add(line);
      socket.on('pong', () => (line.isAlive = true));
      const closed = serve(
        services,
        { schema, formatError },
        connections,
        line,
      );
      socket.once('close', (code: number) => {
        connections.delete(line);
        line.login?.inbox.close();
        logClosing(line, code);
        void closed();
      });
    },
    close() {
      clearInterval(sessionTimer);
      clearInterval(pingTimer);
    },
  };
}

/**
 * Serves the protocol on a connection.
 * @returns to be called when the socket was closed
 */
function serve(
  services: Services,
  { schema, formatError }: { schema: GraphQLSchema; formatError: FormatError },
  lines: ReadonlySet<Connection>,
  line: Connection,
): () => Promise<void> {
  const newContext = async () => {
    if (!line.login || (await closeIfLoggedOut(services, line))) return null;
    return createSocketContext(services, line.request, line.login);
  };
  const format = (errors: readonly GraphQLError[]) =>
    formatErrors(errors, line.request, formatError);
  const server = makeServer({
    connectionInitWaitTimeout: CONNECTION_INIT_TIMEOUT_MS,
    onConnect: ({ connectionParams }) =>
      logIn(services, lines, line, connectionParams?.accessToken),
    onSubscribe: ({ subscriptions }, _, payload) =>
      prepareSubscription(
        schema,
        payload,
        Object.keys(subscriptions).length,
        newContext,
      ),
    subscribe: (args) => subscribe(args, newContext),
    onNext: (_, __, ___, ____, { errors, ...rest }) =>
      errors && { ...rest, errors: format(errors) },
    onError: (_, __, ___, errors) => format(errors),
  });
  return server.opened(toTransport(line), undefined);
}

/** Adapts a socket to graphql-ws, whose own adapter writes to the console and buffers without limit. */
function toTransport({ socket, request }: Connection): Transport {
  const terminateSlowReader = () => {
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.terminate();
  };
  // The ws library answers pings itself.
  socket.on('ping', terminateSlowReader);
  return {
    protocol: socket.protocol,
    send: (data) =>
      new Promise((resolve) => {
        if (Buffer.byteLength(data) > MAX_RESPONSE_BYTES)
          socket.close(CLOSE_CODES.tooBig, 'The response is too large');
        if (socket.readyState !== socket.OPEN) resolve();
        // Resolves once it is sent, so that no further events are executed for a slow reader.
        else
          socket.send(data, () => {
            resolve();
          });
      }),
    close(code, reason) {
      socket.close(code, reason);
    },
    onMessage(answer) {
      socket.on('message', (data: Buffer) => {
        terminateSlowReader();
        answer(data.toString()).catch((error: unknown) => {
          const err = error as Error;
          if (err.message.startsWith('Unexpected message')) {
            socket.close(CLOSE_CODES.badRequest, 'Unexpected message');
            return;
          }
          const { id: requestId, log } = request;
          log.error({ requestId, err: redactError(err) }, 'unexpected error');
          socket.close(CLOSE_CODES.broken, 'Something went wrong on our side');
        });
      });
    },
  };
}

/**
 * Authenticates a connection by the token of `connection_init`, and opens the viewer's inbox before the
 * acknowledgment, so that no later event is missed.
 * @returns false where the socket was closed instead
 */
async function logIn(
  services: Services,
  lines: ReadonlySet<Connection>,
  line: Connection,
  token: unknown,
): Promise<boolean> {
  const { viewer, authFailure } = await authenticate(
    services,
    typeof token === 'string' && token !== ''
      ? { token }
      : { reason: 'NO_TOKEN' },
  );
  if (!viewer) return closeConnection(line, authFailure ?? 'NO_TOKEN');
  const own = [...lines].filter(
    ({ login }) => login?.viewer.userId === viewer.userId,
  );
  if (own.length >= MAX_SOCKETS_PER_USER) {
    line.socket.close(CLOSE_CODES.tooMany, 'Too many open sockets');
    return false;
  }
  const inbox = await openInbox(services, line, viewer);
  if (!inbox) return false;
  line.login = { viewer, inbox };
  return true;
}

/** @returns null where the socket is closed, also because the database cannot be read */
async function openInbox(
  { feed }: Services,
  { socket, request }: Connection,
  { userId }: Viewer,
): Promise<Inbox | null> {
  try {
    const inbox = await feed.open(userId, () => {
      socket.close(CLOSE_CODES.tryAgainLater, 'Too many unread notifications');
    });
    if (socket.readyState === socket.OPEN) return inbox;
    inbox.close();
  } catch (error) {
    request.log.error(
      { err: redactError(error as Error) },
      'the notifications of a user cannot be read',
    );
    socket.close(CLOSE_CODES.tryAgainLater, 'Try again in a moment');
  }
  return null;
}

/** Closes the socket where its session or token has ended. @returns whether it did */
async function closeIfLoggedOut(
  services: Services,
  line: Connection,
): Promise<boolean> {
  if (!line.login) return false;
  const reason = await tokenFailure(services, line.login.viewer.claims);
  if (reason) closeConnection(line, reason);
  return reason !== null;
}

/** Closes a socket; the reason corresponds to `extensions.reason` of an HTTP response. */
function closeConnection({ socket, login }: Connection, reason: string): false {
  if (reason === 'UNKNOWN')
    socket.close(CLOSE_CODES.tryAgainLater, 'Try again in a moment');
  else socket.close(CLOSE_CODES.unauthenticated, reason);
  login?.inbox.close();
  return false;
}

function logClosing(
  { request, openedAt, login }: Connection,
  code: number,
): void {
  const { id: requestId, log } = request;
  const ms = Math.round(performance.now() - openedAt);
  log.info({ requestId, code, ms, userId: login?.viewer.userId }, 'closed');
}

/** Terminates a connection without a pong since the last ping: TCP alone would notice hours later. */
function pingOrTerminate(line: Connection): void {
  if (!line.isAlive) line.socket.terminate();
  else if (line.socket.readyState === line.socket.OPEN) {
    line.isAlive = false;
    line.socket.ping();
  }
}
