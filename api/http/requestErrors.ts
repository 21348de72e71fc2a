import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { ApiError, HttpStatus } from '../errors';
import { asUnavailable, INTERNAL_ERROR_MESSAGE } from '../graphql/formatError';
import { redactError } from '../log';
import { API_HEADERS } from './headers';

/** A recipe of 10,000 emoji fits; a body that fills the memory does not. */
export const MAX_BODY_BYTES = 100_000;

/** What Fastify refuses before GraphQL sees it, in words for people. */
const MESSAGES: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: `The request body is too large: it may have at most ${MAX_BODY_BYTES / 1000} kB`,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the operation as application/json',
  FST_ERR_CTP_EMPTY_JSON_BODY:
    'The request body is empty: send an operation as JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The request body is not valid JSON',
};

/** Answers what went wrong around GraphQL in GraphQL's own form; a bug shows nothing but its id. */
export function registerRequestErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    void reply.headers(API_HEADERS);
    if (status >= 500) {
      const unavailable = asUnavailable(error);
      request.log.error(
        { requestId: request.id, err: redactError(error) },
        unavailable ? 'the database is away' : 'bug',
      );
      if (unavailable) return sendError(reply, unavailable);
      return reply.code(500).send({
        errors: [
          {
            message: INTERNAL_ERROR_MESSAGE,
            extensions: {
              code: 'INTERNAL_SERVER_ERROR',
              requestId: request.id,
            },
          },
        ],
      });
    }
    const message = MESSAGES[error.code] ?? 'The request cannot be understood';
    return reply
      .code(status)
      .send({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
  });
}

/** Answers an error of ours outside of GraphQL, in GraphQL's own form. */
export function sendError(reply: FastifyReply, error: ApiError): FastifyReply {
  const { http, ...extensions } = error.extensions as { http?: HttpStatus };
  return reply
    .code(http?.status ?? 400)
    .headers({ ...API_HEADERS, ...Object.fromEntries(http?.headers ?? []) })
    .send({ errors: [{ message: error.message, extensions }] });
}

/**
 * What is not even HTTP. Fastify would log the bytes, and with them the token and the cookie of
 * whoever sent them.
 */
export function handleMalformedRequest(_: Error, socket: Socket): void {
  if (socket.writable)
    socket.end(
      'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    );
  else socket.destroy();
}
