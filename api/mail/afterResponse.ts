import { finished } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import type { Mailer } from './mailer';

/**
 * A mailer that begins when a request is answered: what is looked up for a mail, as who has an
 * address, must not show in how long the answer takes.
 */
export const afterResponse = ({
  mailer,
  reply,
}: {
  mailer: Mailer;
  reply: FastifyReply;
}): Mailer => ({
  ...mailer,
  async send(kind, compose) {
    // Somebody who hangs up before gets their mail all the same.
    await finished(reply.raw).catch(() => undefined);
    return mailer.send(kind, compose);
  },
});
