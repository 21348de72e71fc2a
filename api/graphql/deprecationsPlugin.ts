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
 * logs them. Operations that are refused are left out, and those of strangers are not counted: clients are
 * counted by name, and the names that anybody can send would soon take the place of all others.
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
    executionDidStart({ schema, document, operation, request }) {
      const { variables } = request;
      deprecations = deprecatedUses(schema, document, operation, variables);
      return Promise.resolve();
    },

    willSendResponse({ response: { body }, contextValue }) {
      if (deprecations.length === 0 || body.kind !== 'single')
        return Promise.resolve();
      const { singleResult } = body;
      singleResult.extensions = { ...singleResult.extensions, deprecations };
      const { viewer, request } = contextValue;
      if (!viewer || singleResult.data == null) return Promise.resolve();
      const client = clientOf(request.headers);
      const elements = deprecations.map(({ element }) => element);
      count?.(client, elements);
      request.subject = {
        ...request.subject,
        client: `${client.name} ${client.version}`,
        deprecated: elements,
      };
      return Promise.resolve();
    },
  };
}
