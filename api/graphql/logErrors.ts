import type { FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { redactError } from '../log';
import { asUnavailable, isClientError } from './formatError';

/**
 * Writes down what `formatError` will hide from clients.
 * @param errors the bugs among them are marked with the request's id, under which they are written
 * down; where it is the database that cannot now, they are marked with what that is in HTTP
 */
export function logErrors(
  errors: readonly GraphQLError[],
  { id: requestId, log }: FastifyRequest,
): void {
  for (const error of errors) {
    if (isClientError(error)) continue;
    const cause = error.originalError ?? error;
    const unavailable = asUnavailable(cause);
    if (unavailable) error.extensions.http = unavailable.extensions.http;
    else error.extensions.requestId = requestId;
    log.error(
      { requestId, path: error.path, err: redactError(cause) },
      unavailable ? 'the database is away' : 'bug',
    );
  }
}
