import type { WebsocketHandler } from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import type { WebSocket as Transport } from 'graphql-ws';
import { redactError } from '../log';
import { MAX_RESPONSE_BYTES } from './responseLimits';
import { CLOSE_CODES } from './socketServer';

/** Unsent bytes per client, beyond which it is disconnected. */
const MAX_UNSENT_BYTES = 1_000_000;

type Socket = Parameters<WebsocketHandler>[0];

/** Adapts a socket to graphql-ws, whose own adapter writes to the console and buffers without limit. */
export function toTransport(
  socket: Socket,
  request: FastifyRequest,
): Transport {
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
