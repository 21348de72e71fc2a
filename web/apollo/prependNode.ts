import type { Reference } from '@apollo/client/cache';

/** A cached connection of the API. */
export type CachedConnection = { edges: readonly { node: Reference }[] };

/**
 * Prepends a cached node to a connection, unless the connection already contains it.
 * @param edgeType type of the new edge, such as `RecipeEdge`
 */
export function prependNode<T extends CachedConnection>(
  connection: T,
  edgeType: string,
  node: Reference,
): T {
  const { edges } = connection;
  if (edges.some((edge) => edge.node.__ref === node.__ref)) return connection;
  return { ...connection, edges: [{ __typename: edgeType, node }, ...edges] };
}
