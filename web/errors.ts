import {
  CombinedGraphQLErrors,
  ServerError,
  ServerParseError,
} from '@apollo/client/errors';
import { TimeoutError } from 'rxjs';

const OUTDATED =
  'There is a new version of NeighborShare. Please reload the page.';

/** The message for each error code of the API. */
const ERROR_MESSAGES = {
  UNAUTHENTICATED: 'Please log in to see this.',
  INVALID_CREDENTIALS: 'Wrong username or password.',
  TOO_MANY_REQUESTS: 'That was a lot at once.',
  BAD_USER_INPUT:
    'Something does not look right. Please check it and try again.',
  QUERY_TOO_COMPLEX: 'That is more than we can look up at once.',
  SERVICE_UNAVAILABLE:
    'NeighborShare is busy right now. Please try again in a moment.',
  GRAPHQL_PARSE_FAILED: OUTDATED,
  GRAPHQL_VALIDATION_FAILED: OUTDATED,
  INTERNAL_SERVER_ERROR: 'Something went wrong on our side. Please try again.',
} satisfies Record<string, string>;

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
  const minutes = Math.ceil(seconds / 60);
  const howLong =
    seconds < 60
      ? `${seconds} second${seconds === 1 ? '' : 's'}`
      : `${minutes} minute${minutes === 1 ? '' : 's'}`;
  return `Please wait ${howLong}, then try again.`;
}

/** Returns the message for an error that users see. */
export function errorMessage(error: unknown): string {
  if (error instanceof RequestError) return error.message;
  // Queries are retried, so only mutations get here.
  if (error instanceof TimeoutError)
    return 'NeighborShare is not answering. Your message may have arrived anyway: please check before you send it again.';
  if (isServerUnreachable(error))
    return 'We cannot reach NeighborShare right now. Please try again in a moment.';
  const code = codeOf(error) ?? 'INTERNAL_SERVER_ERROR';
  return code === 'TOO_MANY_REQUESTS'
    ? `${ERROR_MESSAGES[code]} ${retryMessage(error)}`
    : ERROR_MESSAGES[code];
}
