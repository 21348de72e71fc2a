import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type {
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextWillSendResponse,
  GraphQLResponse,
} from '@apollo/server';
import {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import {
  Kind,
  type DocumentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Context } from '../context';

/** Facts about a request, for the log and the metrics. */
export type RequestSubject = {
  /** The viewer, if logged in. */
  userId?: string;
  kind?: string;
  /** The operation's name, chosen by the client. */
  operation?: string;
  /** The root fields selected; a closed set, unlike the name. */
  fields?: readonly string[];
  /** The codes of its top-level errors. */
  errors?: readonly unknown[];
  /** The name and version of a client that uses what is deprecated. */
  client?: string;
  /** The deprecated elements of the schema that its operation uses. */
  deprecated?: readonly string[];
};

declare module 'fastify' {
  interface FastifyRequest {
    /** For the log and the metrics; null until set. */
    subject: RequestSubject | null;
  }
}

/** Acceptable request id of a proxy or a client: long enough, and without characters to escape. */
const REQUEST_ID = /^[\w.-]{8,64}$/;
/** Logged length of an operation's name. */
const MAX_OPERATION_NAME = 64;

/** Returns the id of a request: a well-formed `x-request-id`, or a new one. */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>) {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given)
    ? given
    : randomUUID();
}

/**
 * Logs one line per request. It names the route instead of the URL, which may contain an invite or a
 * signature, and never variables, headers or the text of an operation.
 */
export class RequestLog extends LogController {
  constructor() {
    super({ disableRequestLogging: true });
  }

  override requestCompleted(
    _: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const route = request.routeOptions.url ?? '';
    // Frequent health probes would drown out other requests.
    const level = route.startsWith('/health/') ? 'debug' : 'info';
    request.log[level](
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...request.subject,
        fields: request.subject?.fields?.join(),
      },
      'answered',
    );
  }
}

/** Declares `request.subject`, and sends every response with its request id. */
export function registerRequestLog(http: FastifyInstance): void {
  http.decorateRequest('subject', null);
  http.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
}

/** Records the operation of a request. */
export function recordOperation({
  document,
  operation,
  contextValue: { request, viewer },
}: GraphQLRequestContextDidResolveOperation<Context>): void {
  request.subject = {
    ...(viewer && { userId: viewer.userId }),
    ...(operation && {
      kind: operation.operation,
      ...(operation.name && {
        operation: operation.name.value.slice(0, MAX_OPERATION_NAME),
      }),
      fields: rootFields(document, operation),
    }),
  };
}

/** Records the error codes of a response. */
export function recordErrors({
  response,
  contextValue: { request },
}: GraphQLRequestContextWillSendResponse<Context>): void {
  const errors = codesOf(response);
  if (errors) request.subject = { ...request.subject, errors };
}

function codesOf({ body }: GraphQLResponse): readonly unknown[] | null {
  const errors = body.kind === 'single' ? body.singleResult.errors : null;
  if (!errors) return null;
  return [...new Set(errors.map(({ extensions }) => extensions?.code))];
}

/** Cached by operation, as Apollo caches parsed documents. */
const rootFieldCache = new WeakMap<
  OperationDefinitionNode,
  readonly string[]
>();

/**
 * Lists the root fields of an operation, also those in fragments and skipped ones.
 * @param document validated
 */
function rootFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly string[] {
  const seen = rootFieldCache.get(operation);
  if (seen) return seen;
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map(({ name, selectionSet }) => [name.value, selectionSet]),
  );
  const fields = new Set<string>();
  const visit = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? [])
      if (selection.kind === Kind.FIELD) fields.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        visit(selection.selectionSet);
      else {
        // Visits each fragment once: nested double spreads would take exponential time.
        const fragment = fragments.get(selection.name.value);
        fragments.delete(selection.name.value);
        visit(fragment);
      }
  };
  visit(operation.selectionSet);
  const names = [...fields];
  rootFieldCache.set(operation, names);
  return names;
}
