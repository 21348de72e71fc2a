import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import {
  createSourceEventStream,
  execute,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  OperationTypeNode,
  parse,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { rootFieldNames } from './requireUser';
import type { SocketContext } from '../context';
import { isDatabaseUnavailable } from '../database/isDatabaseUnavailable';
import {
  ApiError,
  BadUserInput,
  ServiceUnavailable,
  Unauthenticated,
} from '../errors';
import { untranslated } from '../language/text';
import { translateErrors } from '../language/errorTexts';
import { DEFAULT_LANGUAGE, requestedLanguage } from '../language/language';
import { measureOperation, OPERATION_LIMITS } from './operationLimits';
import { MAX_REQUEST_ERRORS } from './responseLimits';
import type { FormatError } from './formatError';
import { logErrors } from './logErrors';

/** Concurrent operations per socket. */
const MAX_OPERATIONS_PER_SOCKET = 10;

/** How long to wait before an event is executed again, as the database was unavailable. */
const RETRY_DELAYS_MS = [100, 500, 1000, 2000];

/** Creates the context of an operation or an event; null where the login has ended. */
export type NewContext = () => Promise<SocketContext | null>;

/**
 * Checks a subscription by the rules of operations over HTTP.
 * @param running how many operations the socket has, including this one
 * @param addCost adds the cost to that of other subscriptions; returns the error if it is too much
 * @returns the execution arguments, or the errors with which it is refused
 */
export async function prepareSubscription(
  schema: GraphQLSchema,
  { query, operationName, variables }: SubscribePayload,
  running: number,
  addCost: (cost: number) => ApiError | null,
  newContext: NewContext,
): Promise<ExecutionArgs | GraphQLError[]> {
  if (running > MAX_OPERATIONS_PER_SOCKET)
    return [
      new ApiError(
        'TOO_MANY_REQUESTS',
        untranslated(
          `A socket can run at most ${MAX_OPERATIONS_PER_SOCKET} operations at a time`,
        ),
      ),
    ];
  const document = parseQuery(query);
  if (document instanceof GraphQLError) return [document];
  const operation = getOperationAST(document, operationName);
  if (!operation)
    return [
      withCode(
        'OPERATION_RESOLUTION_FAILURE',
        'The document contains no such operation',
      ),
    ];
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION)
    return [
      new BadUserInput(
        untranslated(
          'Only subscriptions run over a WebSocket: send queries and mutations over HTTP',
        ),
      ),
    ];
  const broken = validate(schema, document, undefined, {
    maxErrors: MAX_REQUEST_ERRORS,
  });
  if (broken.length > 0)
    return broken.map((error) => withCode('GRAPHQL_VALIDATION_FAILED', error));
  const { errors, coerced } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    variables ?? {},
    { maxErrors: MAX_REQUEST_ERRORS },
  );
  if (errors) return errors.map((error) => withCode('BAD_USER_INPUT', error));
  const measured = measureOperation(schema, document, operation, coerced);
  if (measured.refusal) return [measured.refusal];
  if (isEmpty(schema, document, operation, coerced))
    return [
      new BadUserInput(untranslated('The subscription selects no field')),
    ];
  const refusal = addCost(measured.cost);
  if (refusal) return [refusal];
  const contextValue = await newContext();
  // Without a login, or it has ended and the socket is closed.
  if (!contextValue) return [new Unauthenticated('NO_TOKEN')];
  return {
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue,
  };
}

/** Tells whether every field is skipped, or skipped by null; GraphQL itself would throw. */
function isEmpty(...operation: Parameters<typeof rootFieldNames>): boolean {
  try {
    return rootFieldNames(...operation).length === 0;
  } catch {
    return true;
  }
}

function parseQuery(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens: OPERATION_LIMITS.tokens });
  } catch (error) {
    return withCode('GRAPHQL_PARSE_FAILED', error as GraphQLError);
  }
}

/** Adds the code that Apollo Server gives the error over HTTP. */
function withCode(code: string, error: GraphQLError | string): GraphQLError {
  if (typeof error === 'string')
    return new GraphQLError(error, { extensions: { code } });
  const { message, nodes, source, positions } = error;
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    extensions: { code },
  });
}

/**
 * Runs a subscription. Every event is executed with a context of its own, so that it does not see
 * cached reads of earlier events.
 * @param giveUp called where an event cannot be executed, as the database stays unavailable; to close the
 * socket, so that the client reads what it has missed
 */
export async function subscribe(
  args: ExecutionArgs,
  newContext: NewContext,
  giveUp: () => void,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const stream = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in stream)) return stream;
  const events = stream[Symbol.asyncIterator]();
  const done = { done: true, value: undefined } as const;
  // Not a generator: its `return()` would wait for the next event.
  const results = {
    async next(): Promise<IteratorResult<ExecutionResult, undefined>> {
      const event = await events.next();
      if (event.done) return done;
      const rootValue: unknown = event.value;
      const value = await executeEvent({ ...args, rootValue }, newContext);
      if (value === 'UNAVAILABLE') giveUp();
      return typeof value === 'string' ? done : { done: false, value };
    },
    async return() {
      await events.return?.();
      return done;
    },
    async throw(error: unknown): Promise<never> {
      await events.return?.();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
  return results;
}

/**
 * Executes an event, and again where the database was unavailable: it is sent whole, as it is not sent
 * again.
 */
async function executeEvent(
  args: ExecutionArgs,
  newContext: NewContext,
): Promise<ExecutionResult | 'UNAVAILABLE' | 'LOGGED_OUT'> {
  for (const delayMs of [...RETRY_DELAYS_MS, null]) {
    const contextValue = await newContext();
    if (!contextValue) return 'LOGGED_OUT';
    const result = await execute({ ...args, contextValue });
    if (!result.errors?.some(isUnavailable)) return result;
    if (delayMs !== null) await pause(delayMs);
  }
  return 'UNAVAILABLE';
}

const isUnavailable = ({ originalError }: GraphQLError) =>
  originalError instanceof ServiceUnavailable ||
  isDatabaseUnavailable(originalError);

/** Logs errors and formats them as over HTTP. */
export function formatErrors(
  errors: readonly GraphQLError[],
  request: FastifyRequest,
  formatError: FormatError,
): GraphQLFormattedError[] {
  logErrors(errors, request);
  const language = requestedLanguage(request.headers) ?? DEFAULT_LANGUAGE;
  const formatted = errors.map((error) => {
    const { extensions, ...json } = error.toJSON();
    // Over HTTP, Apollo Server removes `http`.
    const kept = Object.entries(extensions ?? {}).filter(
      ([key]) => key !== 'http',
    );
    return formatError(
      { ...json, extensions: Object.fromEntries(kept) },
      error,
    );
  });
  return translateErrors(formatted, language);
}
