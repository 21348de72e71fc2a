import type { ApolloCache } from '@apollo/client';

/**
 * Evicts the lists of items of a neighborhood after an item changed: only the API knows in which lists
 * it belongs, and where. They are fetched again when they are next shown.
 */
export function evictNeighborhoodItems(cache: ApolloCache): void {
  cache.evict({ id: 'ROOT_QUERY', fieldName: 'items' });
}

/** Does the same for the viewer's own lists, after changes that are made outside of them. */
export function evictItemLists(cache: ApolloCache): void {
  evictNeighborhoodItems(cache);
  cache.evict({ id: 'ROOT_QUERY', fieldName: 'myItems' });
}
