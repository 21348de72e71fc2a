import type {
  ApolloServerPlugin,
  GraphQLRequestListener,
} from '@apollo/server';
import type { Context } from '../context';
import {
  measureOperation,
  OPERATION_LIMITS,
  type Measurement,
} from './operationLimits';

/**
 * Refuses operations over the limits before they run, and reports their cost in `extensions.cost`.
 * This is no validation rule, as the validation of a document is cached for all variables.
 */
export const limitsPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: () => Promise.resolve(createListener()),
};

function createListener(): GraphQLRequestListener<Context> {
  let count: Measurement | undefined;
  return {
    didResolveOperation({ schema, document, operation, request }) {
      // Refused by Apollo or another plugin.
      if (!operation) return Promise.resolve();
      count = measureOperation(
        schema,
        document,
        operation,
        request.variables ?? {},
      );
      return count.refusal ? Promise.reject(count.refusal) : Promise.resolve();
    },

    willSendResponse({ response: { body } }) {
      if (count && body.kind === 'single') {
        const { singleResult } = body;
        const cost = { requested: count.cost, limit: OPERATION_LIMITS.cost };
        singleResult.extensions = { ...singleResult.extensions, cost };
      }
      return Promise.resolve();
    },
  };
}
