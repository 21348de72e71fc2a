import type {
  ApolloServerPlugin,
  GraphQLRequestListener,
} from '@apollo/server';
import type { Context } from '../context';
import { clientOf } from '../http/client';
import type { CountDeprecatedUses } from '../http/metrics';
import { deprecatedUses, type Deprecation } from './deprecations';

/**
 * Tells clients in `extensions.deprecations` which deprecated elements their operation uses, and counts and
 * logs them. Operations that are refused before they run are left out.
 */
export const createDeprecationsPlugin = (
  count: CountDeprecatedUses | null,
): ApolloServerPlugin<Context> => ({
  requestDidStart: () => Promise.resolve(createListener(count)),
});

function createListener(
  count: CountDeprecatedUses | null,
): GraphQLRequestListener<Context> {
  let deprecations: readonly Deprecation[] = [];
  return {
    executionDidStart({ schema, document, operation, request, contextValue }) {
      const { variables } = request;
      deprecations = deprecatedUses(schema, document, operation, variables);
      if (deprecations.length > 0) {
        const client = clientOf(contextValue.request.headers);
        const elements = deprecations.map(({ element }) => element);
        count?.(client, elements);
        contextValue.request.subject = {
          ...contextValue.request.subject,
          client: `${client.name} ${client.version}`,
          deprecated: elements,
        };
      }
      return Promise.resolve();
    },

    willSendResponse({ response: { body } }) {
      if (deprecations.length > 0 && body.kind === 'single') {
        const { singleResult } = body;
        singleResult.extensions = { ...singleResult.extensions, deprecations };
      }
      return Promise.resolve();
    },
  };
}
