import { setTimeout as pause } from 'node:timers/promises';
import type { WebsocketPluginOptions } from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { handleProtocols } from 'graphql-ws';

/** A subscription and its variables fit; what fills the memory does not. */
const MAX_MESSAGE_BYTES = 20_000;
/** How long clients may take to say goodbye, in milliseconds. */
const CLOSE_TIMEOUT_MS = 1000;

/** Why we close a socket: RFC 6455 section 7.4, which leaves numbers from 4000 to applications. */
export const CLOSE_CODES = {
  goingAway: 1001,
  tooBig: 1009,
  broken: 1011,
  tryAgainLater: 1013,
  badRequest: 4400,
  unauthenticated: 4401,
  tooMany: 4429,
} as const;

/** How the server takes up WebSockets, and lets go of them. */
export const socketServer: WebsocketPluginOptions = {
  options: { maxPayload: MAX_MESSAGE_BYTES, handleProtocols },
  // A broken connection, or bytes that make no sense: it is closed already, and no news to us.
  errorHandler(_, socket) {
    socket.close(CLOSE_CODES.broken);
  },
  preClose(this: FastifyInstance, done) {
    // Who asks for a socket now is answered as by any server that is closing.
    this.server.removeAllListeners('upgrade');
    void closeAll(this.websocketServer.clients).then(() => {
      done();
    });
  },
};

type Clients = FastifyInstance['websocketServer']['clients'];

async function closeAll(clients: Clients): Promise<void> {
  for (const client of clients)
    client.close(CLOSE_CODES.goingAway, 'The server is closing');
  const end = performance.now() + CLOSE_TIMEOUT_MS;
  while (clients.size > 0 && performance.now() < end) await pause(10);
  for (const client of clients) client.terminate();
}
