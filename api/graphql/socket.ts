import type { WebsocketHandler } from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { makeServer, type WebSocket as Transport } from 'graphql-ws';
import { authenticate, endOfLogin, type Viewer } from '../auth/authenticate';
import { createSocketContext, type Services } from '../context';
import { withoutValues } from '../errors';
import type { Inbox } from '../notifications/feed';
import { MOST_ANSWER_BYTES } from './answerLimits';
import { CLOSE } from './socketServer';
import { masked, subscribe, toExecution } from './socketOperations';

/** How long a client may take to say who it is, in milliseconds. */
const MOST_SILENCE = 5000;
/** How often it is looked at whether logins still hold, in milliseconds. */
const LOGIN_INTERVAL = 1000;
/** How often a sign of life is asked for, in milliseconds. */
const PING_INTERVAL = 15_000;
/** How much may wait to be sent to one client, in bytes. */
const MOST_UNSENT = 1_000_000;
/** How many sockets one person may have: a few devices with many tabs. */
const MOST_SOCKETS = 50;

type Socket = Parameters<WebsocketHandler>[0];

/** A socket that somebody has open. */
type Line = {
  socket: Socket;
  request: FastifyRequest;
  /** On the clock that nobody sets. */
  openedAt: number;
  /** Who it is, once they have said so. */
  login: { viewer: Viewer; inbox: Inbox } | null;
  /** Whether a sign of life came since the last ping. */
  isAlive: boolean;
};

/** Subscriptions over WebSockets, by the protocol graphql-transport-ws. */
export type Sockets = {
  handler: WebsocketHandler;
  /** Looks after no socket any more; the server closes them. */
  close(): void;
};

/** Takes up sockets, and looks after them as long as they are open. */
export function createSockets(
  services: Services,
  schema: GraphQLSchema,
): Sockets {
  const lines = new Set<Line>();
  const logins = setInterval(() => {
    for (const line of lines) void hangUpOnLogout(services, line);
  }, LOGIN_INTERVAL).unref();
  const pings = setInterval(() => {
    for (const line of lines) askForLife(line);
  }, PING_INTERVAL).unref();

  return {
    handler(socket, request) {
      const line: Line = {
        socket,
        request,
        openedAt: performance.now(),
        login: null,
        isAlive: true,
      };
      lines.add(line);
      socket.on('pong', () => (line.isAlive = true));
      const closed = speak(services, schema, lines, line);
      socket.once('close', (code: number) => {
        lines.delete(line);
        line.login?.inbox.close();
        noteClosing(line, code);
        void closed();
      });
    },
    close() {
      clearInterval(logins);
      clearInterval(pings);
    },
  };
}

/**
 * Answers what a client says.
 * @returns what is to be called when the socket was closed
 */
function speak(
  services: Services,
  schema: GraphQLSchema,
  lines: ReadonlySet<Line>,
  line: Line,
): () => Promise<void> {
  const newContext = async () => {
    if (!line.login || (await hangUpOnLogout(services, line))) return null;
    return createSocketContext(services, line.request, line.login);
  };
  const server = makeServer({
    connectionInitWaitTimeout: MOST_SILENCE,
    onConnect: ({ connectionParams }) =>
      logIn(services, lines, line, connectionParams?.accessToken),
    onSubscribe: ({ subscriptions }, _, payload) =>
      toExecution(
        schema,
        payload,
        Object.keys(subscriptions).length,
        newContext,
      ),
    subscribe: (args) => subscribe(args, newContext),
    onNext: (_, __, ___, ____, { errors, ...rest }) =>
      errors && { ...rest, errors: masked(errors, line.request) },
    onError: (_, __, ___, errors) => masked(errors, line.request),
  });
  return server.opened(transportOf(line), undefined);
}

/** The socket as graphql-ws wants it. Its own adapter writes to the console, and lets unsent answers grow. */
function transportOf({ socket, request }: Line): Transport {
  const hangUpOnSlowReader = () => {
    if (socket.bufferedAmount > MOST_UNSENT) socket.terminate();
  };
  // Answers to these are sent by the library below.
  socket.on('ping', hangUpOnSlowReader);
  return {
    protocol: socket.protocol,
    send: (data) =>
      new Promise((resolve) => {
        if (Buffer.byteLength(data) > MOST_ANSWER_BYTES)
          socket.close(CLOSE.tooBig, 'The answer is too large');
        if (socket.readyState !== socket.OPEN) resolve();
        // Kept when it is sent, so that nothing else is made for somebody who does not read.
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
        hangUpOnSlowReader();
        answer(data.toString()).catch((error: unknown) => {
          const err = error as Error;
          if (err.message.startsWith('Unexpected message')) {
            socket.close(CLOSE.badRequest, 'Unexpected message');
            return;
          }
          const { id: requestId, log } = request;
          log.error({ requestId, err: withoutValues(err) }, 'bug');
          socket.close(CLOSE.broken, 'Something went wrong on our side');
        });
      });
    },
  };
}

/**
 * Lets somebody in by the token of `connection_init`, and opens their inbox: what happens from the
 * acknowledgment on reaches them.
 * @returns whether they are in; if not, the socket is closed
 */
async function logIn(
  services: Services,
  lines: ReadonlySet<Line>,
  line: Line,
  token: unknown,
): Promise<boolean> {
  const { viewer, anonymousBecause } = await authenticate(
    services,
    typeof token === 'string' && token !== ''
      ? { token }
      : { reason: 'NO_TOKEN' },
  );
  if (!viewer) return hangUp(line, anonymousBecause ?? 'NO_TOKEN');
  const own = [...lines].filter(
    ({ login }) => login?.viewer.userId === viewer.userId,
  );
  if (own.length >= MOST_SOCKETS) {
    line.socket.close(CLOSE.tooMany, 'You have too many of these open');
    return false;
  }
  const inbox = await openInbox(services, line, viewer);
  if (!inbox) return false;
  line.login = { viewer, inbox };
  return true;
}

/** @returns null where the socket is closed, perhaps because nothing can be read at the moment */
async function openInbox(
  { feed }: Services,
  { socket, request }: Line,
  { userId }: Viewer,
): Promise<Inbox | null> {
  try {
    const inbox = await feed.open(userId, () => {
      socket.close(CLOSE.tryAgainLater, 'You read too slowly');
    });
    if (socket.readyState === socket.OPEN) return inbox;
    inbox.close();
  } catch (error) {
    request.log.error({ err: withoutValues(error as Error) }, 'no inbox');
    socket.close(CLOSE.tryAgainLater, 'Try again in a moment');
  }
  return null;
}

/** Closes the socket of somebody whose session or token has ended. @returns whether it did */
async function hangUpOnLogout(
  services: Services,
  line: Line,
): Promise<boolean> {
  if (!line.login) return false;
  const reason = await endOfLogin(services, line.login.viewer.claims);
  if (reason) hangUp(line, reason);
  return reason !== null;
}

/** The reason goes along with the number, as `extensions.reason` does with an HTTP answer. */
function hangUp({ socket, login }: Line, reason: string): false {
  if (reason === 'UNKNOWN')
    socket.close(CLOSE.tryAgainLater, 'Try again in a moment');
  else socket.close(CLOSE.unauthenticated, reason);
  login?.inbox.close();
  return false;
}

function noteClosing({ request, openedAt, login }: Line, code: number): void {
  const { id: requestId, log } = request;
  const ms = Math.round(performance.now() - openedAt);
  log.info({ requestId, code, ms, userId: login?.viewer.userId }, 'closed');
}

/** Ends a connection that nobody is at the other end of: TCP by itself finds out hours later. */
function askForLife(line: Line): void {
  if (!line.isAlive) line.socket.terminate();
  else if (line.socket.readyState === line.socket.OPEN) {
    line.isAlive = false;
    line.socket.ping();
  }
}
