import type {
  ApolloServerPlugin,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestListener,
} from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { Context } from '../context';
import { BadUserInput, type ApiError } from '../errors';
import { requiresUserOnly, authError } from './requireUser';

const listener: GraphQLRequestListener<Context> = {
  didResolveOperation(requestContext) {
    const error = refusalOf(requestContext);
    return error ? Promise.reject(error) : Promise.resolve();
  },

  willSendResponse({ contextValue, response: { body } }) {
    if (body.kind === 'single') {
      const { singleResult } = body;
      const auth = tokenExtension(contextValue, Boolean(singleResult.errors));
      if (auth) singleResult.extensions = { ...singleResult.extensions, auth };
    }
    return Promise.resolve();
  },
};

/**
 * What the login has to do with a whole operation rather than with one field: refuses what
 * nobody but a user may ask, and tells the client in `extensions.auth` about its token.
 */
export const authPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: () => Promise.resolve(listener),
};

type Resolved = GraphQLRequestContextDidResolveOperation<Context>;

/** Why the operation is not run at all; null if it is. */
function refusalOf(requestContext: Resolved): ApiError | null {
  const { contextValue, schema, document, operation, request } = requestContext;
  if (!operation || !schema.getRootType(operation.operation))
    return new BadUserInput('This API has no operation of this kind');
  if (operation.operation === OperationTypeNode.SUBSCRIPTION)
    return new BadUserInput(
      'Subscribe over a WebSocket at the same address (graphql-transport-ws)',
    );
  if (contextValue.viewer) return null;
  try {
    const variables = request.variables ?? {};
    return requiresUserOnly(schema, document, operation, variables)
      ? authError(contextValue, { whole: true })
      : null;
  } catch {
    // The only thing that is evaluated so early is the `if` of @skip and @include.
    return new BadUserInput('The "if" of @skip and @include cannot be null');
  }
}

/** A fresh token in good time, or why the one that was sent is not heeded. */
function tokenExtension(context: Context, failed: boolean) {
  const { viewer, authFailure: reason, blocklist, tokens } = context;
  if (failed) return null;
  if (viewer) {
    // Logging out ends the session while the operation runs: it is not renewed any more.
    return blocklist.has(viewer.sessionId) ? null : tokens.renew(viewer.claims);
  }
  const isAboutToken = reason && reason !== 'NO_TOKEN' && reason !== 'UNKNOWN';
  return isAboutToken ? { reason } : null;
}
