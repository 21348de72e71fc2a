import {
  CombinedGraphQLErrors,
  ServerError,
  ServerParseError,
} from '@apollo/client/errors';
import { TimeoutError } from 'rxjs';
import { t, type MessageId } from './languages/texts';

/** The message for each error code of the API. */
const ERROR_MESSAGES = {
  UNAUTHENTICATED: 'errors.unauthenticated',
  INVALID_CREDENTIALS: 'errors.wrongCredentials',
  TOO_MANY_REQUESTS: 'errors.tooManyRequests',
  BAD_USER_INPUT: 'errors.badInput',
  QUERY_TOO_COMPLEX: 'errors.tooComplex',
  SERVICE_UNAVAILABLE: 'errors.busy',
  GRAPHQL_PARSE_FAILED: 'errors.outdated',
  GRAPHQL_VALIDATION_FAILED: 'errors.outdated',
  INTERNAL_SERVER_ERROR: 'errors.internal',
} as const satisfies Record<string, MessageId>;

/** The codes of top-level errors: a closed list, in the API's contract. */
export type ErrorCode = keyof typeof ERROR_MESSAGES;

const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(ERROR_MESSAGES, code);

/**
 * The user changed while the request was in flight.
 * The answer belongs to the previous user, so it is not shown.
 */
export class IdentityChangedError extends Error {
  override name = 'IdentityChangedError';
}

/** A request beside GraphQL has failed. Its message is a sentence for the user. */
export class RequestError extends Error {
  override name = 'RequestError';
}

/** Returns the API's error code; null if the error is not from the API. */
export function codeOf(error: unknown): ErrorCode | null {
  if (!CombinedGraphQLErrors.is(error)) return null;
  const code = error.errors[0]?.extensions?.code;
  return isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR';
}

/** Whether the server could not be reached: no network, no server, or a proxy without one. */
export function isServerUnreachable(error: unknown): boolean {
  if (ServerError.is(error)) return error.statusCode >= 500;
  return (
    error instanceof TypeError ||
    error instanceof TimeoutError ||
    ServerParseError.is(error)
  );
}

/** Says how long to wait before a retry: as the API asks, or a minute by default. */
export function retryMessage(error: unknown): string {
  const first = CombinedGraphQLErrors.is(error) ? error.errors[0] : undefined;
  const asked = first?.extensions?.retryAfter;
  const seconds = typeof asked === 'number' && asked > 0 ? asked : 60;
  return seconds < 60
    ? t('errors.waitSeconds', { count: seconds })
    : t('errors.waitMinutes', { count: Math.ceil(seconds / 60) });
}

/** Returns the message for an error that users see. */
export function errorMessage(error: unknown): string {
  if (error instanceof RequestError) return error.message;
  // Queries are retried, so only mutations get here.
  if (error instanceof TimeoutError) return t('errors.noAnswer');
  if (isServerUnreachable(error)) return t('errors.unreachable');
  const code = codeOf(error) ?? 'INTERNAL_SERVER_ERROR';
  return code === 'TOO_MANY_REQUESTS'
    ? `${t(ERROR_MESSAGES[code])} ${retryMessage(error)}`
    : t(ERROR_MESSAGES[code]);
}
