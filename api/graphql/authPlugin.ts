import type {
  ApolloServerPlugin,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestListener,
} from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { Context } from '../context';
import { BadUserInput, type ApiError } from '../errors';
import { untranslated } from '../language/text';
import { withoutCompression } from '../http/compression';
import { requiresUserOnly, authError } from './requireUser';

const listener: GraphQLRequestListener<Context> = {
  didResolveOperation(requestContext) {
    const error = refusalOf(requestContext);
    return error ? Promise.reject(error) : Promise.resolve();
  },

  willSendResponse({ contextValue, operation, response: { body } }) {
    if (body.kind === 'single') {
      const { singleResult } = body;
      const auth = tokenExtension(contextValue, Boolean(singleResult.errors));
      if (auth) singleResult.extensions = { ...singleResult.extensions, auth };
      // Mutations return tokens of new sessions.
      const isQuery = operation?.operation === OperationTypeNode.QUERY;
      if (!isQuery || (auth && 'accessToken' in auth))
        withoutCompression(contextValue.request);
    }
    return Promise.resolve();
  },
};

/**
 * Authentication of a whole operation: refuses an operation that only users may run, and reports the
 * state of the token in `extensions.auth`.
 */
export const authPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: () => Promise.resolve(listener),
};

type Resolved = GraphQLRequestContextDidResolveOperation<Context>;

/** Returns the error with which the operation is refused; null if it runs. */
function refusalOf(requestContext: Resolved): ApiError | null {
  const { contextValue, schema, document, operation, request } = requestContext;
  if (!operation)
    return new BadUserInput(
      untranslated(
        request.operationName
          ? 'The document has no operation of this name'
          : 'Say in "operationName" which operation of the document to run',
      ),
    );
  if (!schema.getRootType(operation.operation))
    return new BadUserInput(
      untranslated('The schema does not support this type of operation'),
    );
  if (operation.operation === OperationTypeNode.SUBSCRIPTION)
    return new BadUserInput(
      untranslated(
        'Subscriptions require a WebSocket: connect to the same URL with the protocol graphql-transport-ws',
      ),
    );
  if (contextValue.viewer) return null;
  try {
    const variables = request.variables ?? {};
    return requiresUserOnly(schema, document, operation, variables)
      ? authError(contextValue, { whole: true })
      : null;
  } catch {
    // Only the `if` of @skip and @include is evaluated here.
    return new BadUserInput(
      untranslated('The "if" of @skip and @include cannot be null'),
    );
  }
}

/** Returns a renewed token when it is due, or the reason why the token sent was ignored. */
function tokenExtension(context: Context, failed: boolean) {
  const { viewer, authFailure: reason, blocklist, tokens } = context;
  if (failed) return null;
  if (viewer) {
    // The operation itself may have logged out: an ended session is not renewed.
    return blocklist.has(viewer.sessionId) ? null : tokens.renew(viewer.claims);
  }
  const isAboutToken = reason && reason !== 'NO_TOKEN' && reason !== 'UNKNOWN';
  return isAboutToken ? { reason } : null;
}
