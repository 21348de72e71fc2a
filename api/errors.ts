import { GraphQLError } from 'graphql';
import type { UserError, UserErrorCode } from './generated/types';

/** Why a request is not authenticated; `extensions.reason` beside UNAUTHENTICATED. */
export type AuthReason =
  | 'NO_TOKEN'
  | 'BAD_HEADER'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_INVALID'
  | 'TOKEN_REVOKED';

/** The closed list of our `extensions.code`. Any other error is masked as INTERNAL_SERVER_ERROR. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'INVALID_CREDENTIALS'
  | 'TOO_MANY_REQUESTS'
  | 'BAD_USER_INPUT'
  | 'QUERY_TOO_COMPLEX'
  | 'SERVICE_UNAVAILABLE';

/** HTTP status and headers of an error. Apollo reads them from `extensions.http` and removes them. */
export type HttpStatus = { status: number; headers?: Map<string, string> };

/** An error whose message clients may read. */
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

const REALM = 'Bearer realm="neighborshare"';

/** Returns the status and the challenge of RFC 6750 section 3. */
function challenge(reason: AuthReason): HttpStatus {
  if (reason === 'NO_TOKEN') return withChallenge(401, REALM);
  if (reason === 'BAD_HEADER')
    return withChallenge(400, `${REALM}, error="invalid_request"`);
  return withChallenge(401, `${REALM}, error="invalid_token"`);
}

const withChallenge = (status: number, value: string): HttpStatus => ({
  status,
  headers: new Map([['www-authenticate', value]]),
});

/** The request is not authenticated. */
export class Unauthenticated extends ApiError {
  /**
   * @param whole true where the whole operation is refused, which then decides the HTTP status; a
   * field among others only becomes null
   */
  constructor(reason: AuthReason, { whole = false } = {}) {
    super('UNAUTHENTICATED', AUTH_MESSAGES[reason], {
      reason,
      ...(whole && { http: challenge(reason) }),
    });
  }
}

/** Wrong username or password: the same for both, so that it does not reveal which usernames exist. */
export class InvalidCredentials extends ApiError {
  constructor() {
    super('INVALID_CREDENTIALS', 'Wrong username or password', {
      http: challenge('NO_TOKEN'),
    });
  }
}

/** An argument that no form can send, as a `first` of 5000; or an upload that is not a picture. */
export class BadUserInput extends ApiError {
  constructor(message: string, status = 400) {
    super('BAD_USER_INPUT', message, { http: { status } });
  }
}

/** An operation asks for more than the server does at once. */
export class QueryTooComplex extends ApiError {
  /**
   * @param measure what was counted, as "depth"
   * @param max the limit
   */
  constructor(measure: string, counted: number, max: number) {
    super(
      'QUERY_TOO_COMPLEX',
      `The operation is too complex: its ${measure} is ${counted}, and may be ${max} at most`,
      { http: { status: 400 } },
    );
  }
}

/** A rate limit was exceeded. */
export class TooManyRequests extends ApiError {
  /**
   * @param refusal beginning of the sentence
   * @param seconds until it is allowed again; clients read it in `extensions.retryAfter` too
   */
  constructor(refusal: string, seconds: number) {
    super(
      'TOO_MANY_REQUESTS',
      `${refusal}: try again in ${formatWait(seconds)}`,
      {
        http: {
          status: 429,
          headers: new Map([['retry-after', String(seconds)]]),
        },
        retryAfter: seconds,
      },
    );
  }
}

/** Formats a wait in words, rounded up to minutes from a minute on. */
function formatWait(seconds: number): string {
  const [count, unit] =
    seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** A temporary failure, by default of the database: the same request may succeed in a moment. */
export class ServiceUnavailable extends ApiError {
  constructor(
    message = 'NeighborShare is temporarily unavailable: try again in a moment',
  ) {
    super('SERVICE_UNAVAILABLE', message, {
      http: { status: 503, headers: new Map([['retry-after', '1']]) },
    });
  }
}

export type { UserError, UserErrorCode };

/** Rejected input, thrown by verbs; `validateInput` returns it as `payload.errors`. */
export class UserErrors extends Error {
  readonly errors: readonly UserError[];

  /** @param errors at least one */
  constructor(...errors: UserError[]) {
    super(errors.map((error) => error.message).join('; '));
    this.name = 'UserErrors';
    this.errors = errors;
  }
}
