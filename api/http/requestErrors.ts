import type { Socket } from 'node:net';
import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
} from 'fastify';
import type { ApiError, HttpStatus } from '../errors';
import {
  asUnavailable,
  describeFailure,
  INTERNAL_ERROR,
} from '../graphql/formatError';
import { redactError } from '../log';
import {
  DEFAULT_LANGUAGE,
  requestedLanguage,
  type Language,
} from '../language/language';
import { translate } from '../language/text';
import { API_HEADERS } from './headers';

/** Largest request body: a recipe of 10,000 emoji fits. */
export const MAX_BODY_BYTES = 100_000;

/** Path without a route. */
const UNKNOWN_PATH = '/-';

/** Messages for requests that Fastify refuses, by its error codes. */
const MESSAGES: Record<string, string> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the operation as application/json',
  FST_ERR_CTP_EMPTY_JSON_BODY:
    'The request body is empty: send an operation as JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The request body is not valid JSON',
};

/** Answers errors outside of GraphQL in GraphQL's format; a bug is reduced to its id. */
export function registerRequestErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    void reply.headers(API_HEADERS);
    if (status >= 500) {
      const unavailable = asUnavailable(error);
      const { level, message } = describeFailure(error);
      request.log[level](
        { requestId: request.id, err: redactError(error) },
        message,
      );
      if (unavailable) return sendError(reply, unavailable);
      return reply.code(500).send({
        errors: [
          {
            message: translate(INTERNAL_ERROR, languageOf(request)),
            extensions: {
              code: 'INTERNAL_SERVER_ERROR',
              requestId: request.id,
            },
          },
        ],
      });
    }
    const { bodyLimit = MAX_BODY_BYTES } = request.routeOptions;
    const message =
      error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
        ? `The request body is too large: it may have at most ${bodyLimit / 1000} kB`
        : (MESSAGES[error.code] ?? 'The request cannot be understood');
    return reply
      .code(status)
      .send({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
  });
}

/** Returns the language that a request asks for. */
const languageOf = ({ headers }: Pick<FastifyRequest, 'headers'>): Language =>
  requestedLanguage(headers) ?? DEFAULT_LANGUAGE;

/** Sends an error of ours outside of GraphQL, in GraphQL's format. */
export function sendError(reply: FastifyReply, error: ApiError): FastifyReply {
  const { http, ...extensions } = error.extensions as { http?: HttpStatus };
  return reply
    .code(http?.status ?? 400)
    .headers({ ...API_HEADERS, ...Object.fromEntries(http?.headers ?? []) })
    .send({
      errors: [
        {
          message: translate(error.text, languageOf(reply.request)),
          extensions,
        },
      ],
    });
}

/**
 * Returns the URL of a request, or a path without a route where the router could not decode it. Such a
 * request is then answered and logged like one for any unknown path, and not by Fastify itself.
 */
export function routableUrl({ url = '/' }: { url?: string }): string {
  const [path = ''] = url.split(/[?#]/, 1);
  try {
    decodeURI(path);
    return path.startsWith('/') || URL.canParse(path) ? url : UNKNOWN_PATH;
  } catch {
    return UNKNOWN_PATH;
  }
}

/**
 * Answers bytes that are not valid HTTP. Fastify's own handler would log them, and with them the token
 * and the cookie of the client.
 */
export function handleMalformedRequest(_: Error, socket: Socket): void {
  if (socket.writable)
    socket.end(
      'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    );
  else socket.destroy();
}
