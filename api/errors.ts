import { GraphQLError } from 'graphql';
import type { UserErrorCode } from './generated/types';
import { inEnglish, text, untranslated, type Text } from './language/text';

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

/** An error whose text clients may read. Its `message` is in English, for logs. */
export class ApiError extends GraphQLError {
  /** The message, to be translated for the reader. */
  readonly text: Text;

  constructor(
    code: ErrorCode,
    message: Text,
    extensions: {
      http?: HttpStatus;
      reason?: AuthReason;
      retryAfter?: number;
    } = {},
  ) {
    super(inEnglish(message), { extensions: { code, ...extensions } });
    this.name = code;
    this.text = message;
  }
}

const AUTH_TEXTS: Record<AuthReason, Text> = {
  NO_TOKEN: untranslated(
    'Log in first: this needs the header Authorization: Bearer <accessToken>',
  ),
  BAD_HEADER: untranslated(
    'The Authorization header is malformed: it must be Bearer <accessToken>',
  ),
  TOKEN_EXPIRED: untranslated('The access token has expired'),
  TOKEN_INVALID: untranslated('The access token is not valid'),
  TOKEN_REVOKED: text('errors.sessionEnded'),
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
    super('UNAUTHENTICATED', AUTH_TEXTS[reason], {
      reason,
      ...(whole && { http: challenge(reason) }),
    });
  }
}

/** Wrong username or password: the same for both, so that it does not reveal which usernames exist. */
export class InvalidCredentials extends ApiError {
  constructor() {
    super('INVALID_CREDENTIALS', text('errors.wrongCredentials'), {
      http: challenge('NO_TOKEN'),
    });
  }
}

/** An argument that no form can send, as a `first` of 5000; or an upload that is not a picture. */
export class BadUserInput extends ApiError {
  constructor(message: Text, status = 400) {
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
      untranslated(
        `The operation is too complex: its ${measure} is ${counted}, and may be ${max} at most`,
      ),
      { http: { status: 400 } },
    );
  }
}

/** A rate limit was exceeded. */
export class TooManyRequests extends ApiError {
  /**
   * @param refusal sentence that says of what there was too much, without a period
   * @param seconds until it is allowed again; clients read it in `extensions.retryAfter` too
   */
  constructor(refusal: Text, seconds: number) {
    super(
      'TOO_MANY_REQUESTS',
      text('errors.tryAgainIn', { refusal, wait: waitText(seconds) }),
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

/** Returns a wait in words, rounded up to minutes from a minute on. */
const waitText = (seconds: number): Text =>
  seconds < 60
    ? text('errors.seconds', { count: seconds })
    : text('errors.minutes', { count: Math.ceil(seconds / 60) });

/** A temporary failure, by default of the database: the same request may succeed in a moment. */
export class ServiceUnavailable extends ApiError {
  constructor(message = text('errors.unavailable')) {
    super('SERVICE_UNAVAILABLE', message, {
      http: { status: 503, headers: new Map([['retry-after', '1']]) },
    });
  }
}

export type { UserErrorCode };

/** A mistake in an input: a `UserError` of the schema, to be translated for its reader. */
export type UserError = {
  code: UserErrorCode;
  message: Text;
  /** Path of the field within `input`; null for the whole input. */
  field?: readonly string[] | null;
};

/** Rejected input, thrown by verbs; `validateInput` returns it as `payload.errors`. */
export class UserErrors extends Error {
  readonly errors: readonly UserError[];

  /** @param errors at least one */
  constructor(...errors: UserError[]) {
    super(errors.map(({ message }) => inEnglish(message)).join('; '));
    this.name = 'UserErrors';
    this.errors = errors;
  }
}
