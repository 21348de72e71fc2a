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
 * Refuses operations that ask for too much before they run, and tells in `extensions.cost` what
 * each one costs. It does not belong into the validation, which is done once for each text,
 * whatever the variables say.
 */
export const limitsPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: () => Promise.resolve(createListener()),
};

function createListener(): GraphQLRequestListener<Context> {
  let count: Measurement | undefined;
  return {
    didResolveOperation({ schema, document, operation, request }) {
      // Apollo has refused it, or another plugin does.
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
