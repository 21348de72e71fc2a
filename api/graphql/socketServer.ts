import { setTimeout as pause } from 'node:timers/promises';
import type { WebsocketPluginOptions } from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { handleProtocols } from 'graphql-ws';

/** Largest message of a client: a subscription with its variables fits. */
const MAX_MESSAGE_BYTES = 20_000;
/** How long clients may take to close their sockets. */
const CLOSE_TIMEOUT_MS = 1000;

/** Close codes: RFC 6455 section 7.4, which leaves those from 4000 to applications. */
export const CLOSE_CODES = {
  goingAway: 1001,
  tooBig: 1009,
  broken: 1011,
  tryAgainLater: 1013,
  badRequest: 4400,
  unauthenticated: 4401,
  tooMany: 4429,
} as const;

/** Options of the WebSocket server, which closes its sockets when the server stops. */
export const socketServer: WebsocketPluginOptions = {
  options: { maxPayload: MAX_MESSAGE_BYTES, handleProtocols },
  // A broken connection or an invalid frame: no reason to log.
  errorHandler(_, socket) {
    socket.close(CLOSE_CODES.broken);
  },
  preClose(this: FastifyInstance, done) {
    // New sockets get the answer of a closing server.
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
