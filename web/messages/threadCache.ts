import type { ApolloCache } from '@apollo/client/cache';
import { prependNode, type CachedConnection } from '../apollo/prependNode';

/**
 * Adds a cached message to the newest end of its loan's thread, if that thread is loaded. A message
 * that the thread already contains keeps its position.
 */
export function addToThread(
  cache: ApolloCache,
  loanId: string,
  messageId: string,
): void {
  cache.modify<{ messages: CachedConnection }>({
    id: cache.identify({ __typename: 'Loan', id: loanId }),
    fields: {
      messages: (thread, { toReference }) => {
        const node = toReference({ __typename: 'Message', id: messageId });
        if (!node) return thread;
        return prependNode(thread as CachedConnection, 'MessageEdge', node);
      },
    },
  });
}
