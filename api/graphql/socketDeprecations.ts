import type { FastifyRequest } from 'fastify';
import { getOperationAST, type ExecutionArgs } from 'graphql';
import type { Client } from '../http/client';
import type { CountDeprecatedUses } from '../http/metrics';
import { deprecatedUses, type Deprecation } from './deprecations';

/** Lists the deprecated elements that a subscription uses. */
export function deprecationsOf({
  schema,
  document,
  operationName,
  variableValues,
}: ExecutionArgs): readonly Deprecation[] {
  const operation = getOperationAST(document, operationName);
  return operation
    ? deprecatedUses(schema, document, operation, variableValues ?? {})
    : [];
}

/** Counts and logs the deprecated elements that a new subscription uses, as over HTTP. */
export function recordDeprecations(
  args: ExecutionArgs,
  client: Client,
  request: FastifyRequest,
  count: CountDeprecatedUses | null,
): void {
  const elements = deprecationsOf(args).map(({ element }) => element);
  if (elements.length === 0) return;
  count?.(client, elements);
  request.log.info(
    {
      requestId: request.id,
      kind: 'subscription',
      client: `${client.name} ${client.version}`,
      deprecated: elements,
    },
    'subscribed',
  );
}
