import { finished } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import type { Mailer } from './mailer';

/**
 * Wraps a mailer so that it starts after the response: reads for a mail, as whether an account has an
 * address, must not show in the response time.
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
    // A client that disconnects early still gets the mail.
    await finished(reply.raw).catch(() => undefined);
    return mailer.send(kind, compose);
  },
});
