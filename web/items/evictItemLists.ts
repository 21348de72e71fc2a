import type { ApolloCache } from '@apollo/client';

/**
 * After a thing changed hands or state: which of the neighborhood's lists it belongs to,
 * and where in them, only the API knows. They are asked for anew when next looked at.
 */
export function evictNeighborhoodItems(cache: ApolloCache): void {
  cache.evict({ id: 'ROOT_QUERY', fieldName: 'items' });
}

/** The same, for one's own lists too: for what is done away from them. */
export function evictItemLists(cache: ApolloCache): void {
  evictNeighborhoodItems(cache);
  cache.evict({ id: 'ROOT_QUERY', fieldName: 'myItems' });
}
