import type { WebsocketHandler } from '@fastify/websocket';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import { makeServer } from 'graphql-ws';
import {
  authenticate,
  tokenFailure,
  type Credentials,
  type Viewer,
} from '../auth/authenticate';
import { createSocketContext, type Services } from '../context';
import {
  createFairQueue,
  type FairQueue,
  type Requester,
} from '../limits/fairQueue';
import { networkKey } from '../limits/networkKey';
import { redactError } from '../log';
import { clientOf } from '../http/client';
import type { CountDeprecatedUses } from '../http/metrics';
import type { Inbox } from '../notifications/feed';
import type { FormatError } from './formatError';
import {
  closeConnection,
  logClosing,
  pingOrTerminate,
  type Connection,
} from './socketConnection';
import { deprecationsOf, recordDeprecations } from './socketDeprecations';
import { socketToken } from './socketToken';
import { toTransport } from './socketTransport';
import {
  addSubscription,
  type SocketSubscriptions,
} from './subscriptionBudget';
import { CLOSE_CODES } from './socketServer';
import {
  formatErrors,
  subscribe,
  prepareSubscription,
} from './socketOperations';
import { untranslated } from '../language/text';

/** How long a client may take to send `connection_init`. */
const CONNECTION_INIT_TIMEOUT_MS = 5000;
/** How often the sessions of open sockets are checked. */
const SESSION_CHECK_INTERVAL_MS = 1000;
/** How often sockets are pinged. */
const PING_INTERVAL_MS = 15_000;
/** Open sockets. Those of a person are enough for a few devices with many tabs. */
const MAX_SOCKETS = { total: 10_000, person: 50, network: 2000 };

const TOO_MANY = 'Too many open sockets';

/** The parts that check, count and answer operations. */
type Parts = {
  schema: GraphQLSchema;
  formatError: FormatError;
  countDeprecatedUses: CountDeprecatedUses | null;
};

/** Open connections and their places, which all of them share. */
type Shared = { connections: ReadonlySet<Connection>; places: FairQueue };

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
  countDeprecatedUses: CountDeprecatedUses | null,
): Sockets {
  const connections = new Set<Connection>();
  const places = createFairQueue({
    running: MAX_SOCKETS,
    waiting: { total: 0 },
    refusal: untranslated(TOO_MANY),
  });
  services.blocklist.onAdded((sessionId) => {
    for (const line of connections)
      if (line.login?.viewer.sessionId === sessionId)
        void closeIfLoggedOut(services, line);
  });
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
        client: clientOf(request.headers),
        openedAt: performance.now(),
        login: null,
        subscriptions: { running: {}, costs: new Map() },
        closed: new Promise((resolve) => socket.once('close', resolve)),
        isAlive: true,
      };
      connections.add(line);
      socket.on('pong', () => (line.isAlive = true));
      const closed = serve(
        services,
        { schema, formatError, countDeprecatedUses },
        { connections, places },
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
  { schema, formatError, countDeprecatedUses }: Parts,
  { connections, places }: Shared,
  line: Connection,
): () => Promise<void> {
  const addCost = (id: string) => (cost: number) =>
    addSubscription(line.subscriptions, othersOf(line, connections), id, cost);
  const newContext = async () => {
    if (!line.login || (await closeIfLoggedOut(services, line))) return null;
    return createSocketContext(services, line.request, line.login);
  };
  const format = (errors: readonly GraphQLError[]) =>
    formatErrors(errors, line.request, formatError);
  const server = makeServer({
    connectionInitWaitTimeout: CONNECTION_INIT_TIMEOUT_MS,
    onConnect({ connectionParams, subscriptions }) {
      line.subscriptions.running = subscriptions;
      line.client = clientOf(
        connectionParams,
        connectionParams?.headers,
        line.request.headers,
      );
      return logIn(services, places, line, socketToken(connectionParams));
    },
    async onSubscribe({ subscriptions }, id, payload) {
      const args = await prepareSubscription(
        schema,
        payload,
        Object.keys(subscriptions).length,
        addCost(id),
        newContext,
      );
      if (!Array.isArray(args))
        recordDeprecations(
          args,
          line.client,
          line.request,
          countDeprecatedUses,
        );
      return args;
    },
    subscribe: (args) =>
      subscribe(args, newContext, () => closeConnection(line, 'UNKNOWN')),
    onNext(_, __, ___, args, { errors, ...rest }) {
      const deprecations = deprecationsOf(args);
      return {
        ...rest,
        ...(errors && { errors: format(errors) }),
        ...(deprecations.length > 0 && { extensions: { deprecations } }),
      };
    },
    onError: (_, __, ___, errors) => format(errors),
  });
  return server.opened(toTransport(line.socket, line.request), undefined);
}

/** Returns the subscriptions of a person's other sockets. */
const othersOf = (
  line: Connection,
  connections: ReadonlySet<Connection>,
): SocketSubscriptions[] =>
  [...connections]
    .filter(
      (other) =>
        other !== line &&
        other.login?.viewer.userId === line.login?.viewer.userId,
    )
    .map(({ subscriptions }) => subscriptions);

/**
 * Authenticates a connection by the token of `connection_init`, and opens the viewer's inbox before the
 * acknowledgment, so that no later event is missed. Without a token it is acknowledged too, as some
 * clients connect before the login, but every subscription is refused.
 * @returns false where the socket was closed instead
 */
async function logIn(
  services: Services,
  places: FairQueue,
  line: Connection,
  credentials: Credentials,
): Promise<boolean> {
  const network = networkKey(line.request.ip);
  const { viewer, authFailure } = await authenticate(services, credentials);
  if (!viewer && authFailure !== 'NO_TOKEN')
    return closeConnection(line, authFailure ?? 'UNKNOWN');
  // Counted before the inbox is awaited, as sockets that connect at the same time would all pass.
  const person = viewer?.userId ?? `anonymous ${network}`;
  if (!takePlace(places, { person, network }, line)) {
    line.socket.close(CLOSE_CODES.tooMany, TOO_MANY);
    return false;
  }
  if (!viewer) return true;
  const inbox = await openInbox(services, line, viewer);
  if (!inbox) return false;
  line.login = { viewer, inbox };
  return true;
}

/** Takes a place until the socket is closed. @returns whether there was one */
function takePlace(
  places: FairQueue,
  requester: Requester,
  { closed }: Connection,
): boolean {
  let isTaken = false;
  places
    .run(requester, () => {
      isTaken = true;
      return closed;
    })
    .catch(() => undefined);
  return isTaken;
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
