import type { FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { redactError } from '../log';
import { asUnavailable, describeFailure, isClientError } from './formatError';

/**
 * Logs the errors that `formatError` masks.
 * @param errors bugs are marked with the request's id, under which they are logged; errors of an
 * unavailable database with its HTTP status
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
    const { level, message } = describeFailure(cause);
    log[level](
      { requestId, path: error.path, err: redactError(cause) },
      message,
    );
  }
}
