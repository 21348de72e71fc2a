import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Closes connections whose client takes nothing of its response for some time, as each holds a response in
 * memory. Node itself waits without limit. After a response it sets the timeout for the next request.
 */
export function closeStalledResponses(
  app: FastifyInstance,
  timeoutMs: number,
): void {
  app.addHook('onSend', (_request, { raw: { socket } }, _payload, done) => {
    // Tests inject requests without a connection.
    if (socket instanceof Socket) socket.setTimeout(timeoutMs);
    done();
  });
}
