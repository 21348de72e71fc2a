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

/** What a request turned out to be about: what is known of it beside its route. */
export type RequestSubject = {
  /** Who asked, if it was somebody who is logged in. */
  userId?: string;
  kind?: string;
  /** The operation's name, which its client has made up. */
  operation?: string;
  /** The fields of the root that were asked for, which the schema has named. */
  fields?: readonly string[];
  /** The codes of its top-level errors. */
  errors?: readonly unknown[];
};

declare module 'fastify' {
  interface FastifyRequest {
    /** For the log and the metrics; null as long as nothing is known. */
    subject: RequestSubject | null;
  }
}

/** An id that a proxy or a client may give: long enough to be one, and nothing that needs escaping. */
const REQUEST_ID = /^[\w.-]{8,64}$/;
/** How much of an operation's name the log keeps. */
const MAX_OPERATION_NAME = 64;

/** The id of a request: the one it came with (`x-request-id`), where it looks like one, or a new one. */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>) {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given)
    ? given
    : randomUUID();
}

/**
 * One line for every request that was answered. It names the route and not the address, which may
 * hold an invite or a signature; and never variables, headers or the text of an operation.
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
    // Whoever looks every few seconds whether we live would drown out everybody else.
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

/** Gives every request room for its subject, and every answer the id under which we know it. */
export function registerRequestLog(http: FastifyInstance): void {
  http.decorateRequest('subject', null);
  http.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
}

/** Notes down what an operation is about, once it is known. */
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

/** Notes down which errors an operation is answered with. */
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

/** Apollo keeps the documents that it knows, and this goes with them. */
const rootFieldCache = new WeakMap<
  OperationDefinitionNode,
  readonly string[]
>();

/**
 * The fields of the root that an operation names, also through fragments, whether or not it skips
 * them.
 * @param document one that was validated
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
  const note = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? [])
      if (selection.kind === Kind.FIELD) fields.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        note(selection.selectionSet);
      else {
        // Each once: fragments that spread others twice would be 2 to the power of their number.
        const fragment = fragments.get(selection.name.value);
        fragments.delete(selection.name.value);
        note(fragment);
      }
  };
  note(operation.selectionSet);
  const names = [...fields];
  rootFieldCache.set(operation, names);
  return names;
}
