import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import {
  isDatabaseUnavailable,
  isStatementTimeout,
} from '../database/isDatabaseUnavailable';
import { ApiError, ServiceUnavailable } from '../errors';
import { rememberText } from '../language/errorTexts';
import { inEnglish, text } from '../language/text';

/** Codes of GraphQL's own errors about an operation: they are written for clients and not masked. */
const GRAPHQL_CODES = [
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_USER_INPUT',
];

/** Text of every error that is masked. */
export const INTERNAL_ERROR = text('errors.internal');

/** Longest part of a message that may repeat what was sent. */
const MAX_MESSAGE_LENGTH = 300;

/**
 * Formats an error for clients, as Apollo's `formatError` does: from the error as Apollo would send it,
 * and the error itself.
 * @returns the error to send; a bug is reduced to an id under which it is found in the log
 */
export type FormatError = (
  formatted: GraphQLFormattedError,
  error: unknown,
) => GraphQLFormattedError;

type FormatOptions = {
  /** Whether GraphQL may suggest names of the schema ("Did you mean ...?"). */
  suggestions: boolean;
  /** Path of the schema as a text; null where it is not public. */
  schemaPath: string | null;
};

/** Creates the formatter of all errors. */
export const createFormatError =
  ({ suggestions, schemaPath }: FormatOptions): FormatError =>
  (formatted, error) =>
    formatted.extensions?.validationErrorCode === 'INTROSPECTION_DISABLED'
      ? refuseIntrospection(formatted, schemaPath)
      : formatError(formatted, error, suggestions);

/** Names the address of the schema in place of Apollo's sentence, which is for developers of servers. */
const refuseIntrospection = (
  { extensions }: GraphQLFormattedError,
  schemaPath: string | null,
): GraphQLFormattedError => ({
  message: `Introspection is switched off${schemaPath === null ? '' : `: the schema is at ${schemaPath}`}`,
  extensions: { ...extensions },
});

function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  suggestions: boolean,
): GraphQLFormattedError {
  if (error instanceof GraphQLError && isClientError(error)) {
    const code = graphqlCode(error) ?? formatted.extensions?.code;
    const known = {
      ...formatted,
      message: redactMessage(formatted.message, suggestions),
      extensions: { ...formatted.extensions, code },
    };
    const cause = error.originalError ?? error;
    return cause instanceof ApiError ? rememberText(known, cause.text) : known;
  }
  const cause = error instanceof GraphQLError ? error.originalError : error;
  const unavailable = asUnavailable(cause);
  if (unavailable)
    return rememberText(
      {
        message: unavailable.message,
        ...(formatted.path && { path: formatted.path }),
        extensions: { code: unavailable.extensions.code },
      },
      unavailable.text,
    );
  return rememberText(
    {
      message: inEnglish(INTERNAL_ERROR),
      ...(formatted.path && { path: formatted.path }),
      extensions: {
        code: 'INTERNAL_SERVER_ERROR',
        requestId: formatted.extensions?.requestId ?? randomUUID(),
      },
    },
    INTERNAL_ERROR,
  );
}

/** Tells whether an error was written for clients and may be sent as it is. */
export function isClientError(error: GraphQLError): boolean {
  if ((error.originalError ?? error) instanceof ApiError) return true;
  return graphqlCode(error) !== null;
}

/**
 * Translates an error of a database that is temporarily unavailable, which is not a bug.
 * @returns null for any other error
 */
export const asUnavailable = (error: unknown): ServiceUnavailable | null =>
  isDatabaseUnavailable(error) ? new ServiceUnavailable() : null;

/**
 * Tells how to log an error that is masked: one that was interrupted says nothing about the database,
 * and is no reason to wake an operator.
 */
export function describeFailure(error: unknown): {
  level: 'error' | 'warn';
  message: string;
} {
  if (isStatementTimeout(error))
    return { level: 'warn', message: 'a statement took too long' };
  return {
    level: 'error',
    message: isDatabaseUnavailable(error)
      ? 'the database is unavailable'
      : 'unexpected error',
  };
}

/** Returns the code of GraphQL's own error about an operation; null for any other error. */
function graphqlCode(error: GraphQLError): string | null {
  const cause = error.originalError ?? error;
  if (!(cause instanceof GraphQLError)) return null;
  if (nullArgument(cause.message)) return 'BAD_USER_INPUT';
  // GraphQL adds this error without a code to the errors of the first wrong variables.
  if (cause.message.startsWith('Too many errors processing variables'))
    return 'BAD_USER_INPUT';
  // Errors with a path come from a resolver, even where a library gives them one of these codes.
  const code = error.path ? null : String(error.extensions.code);
  return code && GRAPHQL_CODES.includes(code) ? code : null;
}

/**
 * Returns the name of an argument that received null from a variable with a default. GraphQL finds
 * this only during execution, and prints the whole value.
 */
const nullArgument = (message: string) =>
  /^Argument "(\w+)"/.exec(message)?.[1];

/**
 * Shortens printed values, and removes suggested schema names where they are not wanted. GraphQL's
 * messages quote what was sent, so this takes no regular expression that could search it repeatedly.
 */
function redactMessage(message: string, suggestions: boolean): string {
  const argument = nullArgument(message);
  if (argument) return `The argument "${argument}" cannot be null here`;
  const found = message.endsWith('?')
    ? message.lastIndexOf(' Did you mean ')
    : -1;
  const end = found < 0 ? message.length : found;
  const suggestion = suggestions ? message.slice(end) : '';
  return shorten(message.slice(0, end)) + shorten(suggestion);
}

const shorten = (text: string): string =>
  text.length > MAX_MESSAGE_LENGTH
    ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…`
    : text;
