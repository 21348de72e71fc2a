import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isDatabaseUnavailable } from './database/isDatabaseUnavailable';
import type { UserError, UserErrorCode } from './generated/types';

/** Why somebody is not logged in; `extensions.reason` beside UNAUTHENTICATED. */
export type AuthReason =
  | 'NO_TOKEN'
  | 'BAD_HEADER'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_INVALID'
  | 'TOKEN_REVOKED';

/** The closed list of our `extensions.code`. What is not on it leaves as INTERNAL_SERVER_ERROR. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'INVALID_CREDENTIALS'
  | 'TOO_MANY_REQUESTS'
  | 'BAD_USER_INPUT'
  | 'QUERY_TOO_COMPLEX'
  | 'SERVICE_UNAVAILABLE';

/** What GraphQL itself has to say about an operation: written for clients, so it may leave as it is. */
const GRAPHQL_CODES = [
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_USER_INPUT',
];

/** How an error shows in HTTP. Apollo reads it from `extensions.http` and takes it out. */
export type HttpStatus = { status: number; headers?: Map<string, string> };

/** An error of ours, meant to be read by clients. */
export class ApiError extends GraphQLError {
  constructor(
    code: ErrorCode,
    message: string,
    extensions: {
      http?: HttpStatus;
      reason?: AuthReason;
      retryAfter?: number;
    } = {},
  ) {
    super(message, { extensions: { code, ...extensions } });
    this.name = code;
  }
}

const AUTH_MESSAGES: Record<AuthReason, string> = {
  NO_TOKEN:
    'Log in first: this needs the header Authorization: Bearer <accessToken>',
  BAD_HEADER:
    'The Authorization header is malformed: it must be Bearer <accessToken>',
  TOKEN_EXPIRED: 'The access token has expired',
  TOKEN_INVALID: 'The access token is not valid',
  TOKEN_REVOKED: 'This session has ended',
};

/** RFC 6750 section 3: which challenge answers which mistake. */
function challenge(reason: AuthReason): HttpStatus {
  const realm = 'Bearer realm="neighborshare"';
  if (reason === 'NO_TOKEN')
    return { status: 401, headers: authenticate(realm) };
  if (reason === 'BAD_HEADER')
    return {
      status: 400,
      headers: authenticate(`${realm}, error="invalid_request"`),
    };
  return {
    status: 401,
    headers: authenticate(`${realm}, error="invalid_token"`),
  };
}

const authenticate = (value: string) => new Map([['www-authenticate', value]]);

/** Nobody is logged in. */
export class Unauthenticated extends ApiError {
  /**
   * @param whole true where it refuses the whole operation, which then decides over the
   * HTTP status; a field among others only becomes null.
   */
  constructor(reason: AuthReason, { whole = false } = {}) {
    super('UNAUTHENTICATED', AUTH_MESSAGES[reason], {
      reason,
      ...(whole && { http: challenge(reason) }),
    });
  }
}

/** Wrong username or password: one answer for both, so that nobody learns which names exist. */
export class InvalidCredentials extends ApiError {
  constructor() {
    super('INVALID_CREDENTIALS', 'Wrong username or password', {
      http: challenge('NO_TOKEN'),
    });
  }
}

/** An argument that no form can have sent, as a `first` of 5000; or an upload that is no picture. */
export class BadUserInput extends ApiError {
  constructor(message: string, status = 400) {
    super('BAD_USER_INPUT', message, { http: { status } });
  }
}

/** An operation asks for more than the server does at once. */
export class QueryTooComplex extends ApiError {
  /**
   * @param what was counted, as "depth"
   * @param most how much it may be
   */
  constructor(what: string, counted: number, most: number) {
    super(
      'QUERY_TOO_COMPLEX',
      `This asks for too much at once: its ${what} is ${counted}, and may be ${most} at most`,
      { http: { status: 400 } },
    );
  }
}

/** Somebody does something too often, and has to wait. */
export class TooManyRequests extends ApiError {
  /**
   * @param what was too often, as the beginning of a sentence
   * @param seconds until it is allowed again; clients read it in `extensions.retryAfter` too
   */
  constructor(what: string, seconds: number) {
    super('TOO_MANY_REQUESTS', `${what}: try again in ${inWords(seconds)}`, {
      http: {
        status: 429,
        headers: new Map([['retry-after', String(seconds)]]),
      },
      retryAfter: seconds,
    });
  }
}

/** How long that is, as people say it: never shorter than it is. */
function inWords(seconds: number): string {
  const [count, unit] =
    seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** We cannot do it now, but the same request may succeed in a moment. */
export class ServiceUnavailable extends ApiError {
  constructor(message: string) {
    super('SERVICE_UNAVAILABLE', message, {
      http: { status: 503, headers: new Map([['retry-after', '1']]) },
    });
  }
}

/**
 * What an error that was not written for clients says to them after all: where the database cannot
 * now, that is no bug.
 */
export const asUnavailable = (error: unknown): ServiceUnavailable | null =>
  isDatabaseUnavailable(error)
    ? new ServiceUnavailable(
        'NeighborShare cannot get at its data just now: try again in a moment',
      )
    : null;

export type { UserError, UserErrorCode };

/** What a verb throws when the input cannot be accepted; mutationInput.ts answers with `payload.errors`. */
export class UserErrors extends Error {
  readonly errors: readonly UserError[];

  /** @param errors at least one. */
  constructor(...errors: UserError[]) {
    super(errors.map((error) => error.message).join('; '));
    this.name = 'UserErrors';
    this.errors = errors;
  }
}

/** May this error leave as it is, because it was written for clients? */
export function isClientError(error: GraphQLError): boolean {
  if ((error.originalError ?? error) instanceof ApiError) return true;
  return codeOfGraphQL(error) !== null;
}

/** The code of an error that GraphQL itself has about an operation; null if it is not one of these. */
function codeOfGraphQL(error: GraphQLError): string | null {
  const cause = error.originalError ?? error;
  if (!(cause instanceof GraphQLError)) return null;
  if (badArgument(cause)) return 'BAD_USER_INPUT';
  // What else comes out of a resolver is not GraphQL's, even where a library gives it such a code.
  const code = error.path ? null : String(error.extensions.code);
  return code && GRAPHQL_CODES.includes(code) ? code : null;
}

/**
 * The argument that got a null, or nothing, from a variable with a default: GraphQL finds that
 * only while the operation runs, and prints the whole value, whatever is in it.
 */
const badArgument = ({ message }: { message: string }) =>
  /^Argument "(\w+)"/.exec(message)?.[1];

/**
 * What the log may keep of an error: what happened and where, but no values. The ORM's messages
 * begin with the statement and everything that was to be stored.
 */
export function redactError(error: Error): Record<string, unknown> {
  const { name, message, stack = '' } = error;
  const { code } = error as NodeJS.ErrnoException;
  const isAboutStatement =
    'sqlMessage' in error || / - [A-Z\w]+:? /.test(message);
  return {
    name,
    code,
    message: isAboutStatement ? message.split(' - ').at(-1) : message,
    stack: stack.split('\n').filter((line) => line.startsWith('    at ')),
  };
}

/**
 * Apollo's `formatError`: the one place where errors turn into what clients read.
 * @param formatted the error as Apollo would send it
 * @param error the error itself
 * @returns the error as we send it; a bug leaves with nothing but an id to find it in the log
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  if (error instanceof GraphQLError && isClientError(error)) {
    const code = codeOfGraphQL(error) ?? formatted.extensions?.code;
    return {
      ...formatted,
      message: explain(formatted.message),
      extensions: { ...formatted.extensions, code },
    };
  }
  const cause = error instanceof GraphQLError ? error.originalError : error;
  const unavailable = asUnavailable(cause);
  if (unavailable)
    return {
      message: unavailable.message,
      ...(formatted.path && { path: formatted.path }),
      extensions: { code: unavailable.extensions.code },
    };
  return {
    message: 'Something went wrong on our side',
    ...(formatted.path && { path: formatted.path }),
    extensions: {
      code: 'INTERNAL_SERVER_ERROR',
      requestId: formatted.extensions?.requestId ?? randomUUID(),
    },
  };
}

/** GraphQL's sentence, without values that it printed and without names of the schema that it guessed. */
function explain(message: string): string {
  const argument = badArgument({ message });
  if (argument) return `The argument "${argument}" cannot be null here`;
  return message.replace(/ ?Did you mean .+\?$/s, '');
}
