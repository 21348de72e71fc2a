import type { FastifyPluginAsync } from 'fastify';
import type { Services } from '../context';
import { UserErrors } from '../errors';
import { cleanCode } from '../generated/texts';
import { DEFAULT_LANGUAGE, requestedLanguage } from '../language/language';
import { text, translate } from '../language/text';
import { unsubscribe } from '../topics/unsubscribe';
import { API_HEADERS } from './headers';

/** Largest request body: mail programs send two words. */
const MAX_BODY_BYTES = 10_000;

/**
 * Serves `POST /unsubscribe?token=...`, the one-click unsubscribe of mail programs (RFC 8058). The token
 * suffices; the body is ignored. `GET` is a page of the web app, and changes nothing.
 */
export const oneClickUnsubscribe: FastifyPluginAsync<{
  services: Services;
}> = (app, { services }) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer' },
    (_request, _body, parsed) => {
      parsed(null);
    },
  );
  app.post<{ Querystring: { token?: string | string[] } }>(
    '/unsubscribe',
    { bodyLimit: MAX_BODY_BYTES },
    async ({ query, headers }, reply) => {
      const language = requestedLanguage(headers) ?? DEFAULT_LANGUAGE;
      void reply.headers(API_HEADERS).type('text/plain; charset=utf-8');
      const { orm, signatures } = services;
      try {
        await unsubscribe(
          { em: orm.em.fork(), signatures },
          cleanCode(String(query.token)),
        );
        return await reply.send(
          `${translate(text('mails.unsubscribed'), language)}\n`,
        );
      } catch (error) {
        if (!(error instanceof UserErrors)) throw error;
        return reply
          .code(400)
          .send(`${translate(text('mails.invalidLink'), language)}\n`);
      }
    },
  );
  return Promise.resolve();
};
