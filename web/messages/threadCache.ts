import type { ApolloCache, Reference } from '@apollo/client/cache';

type MessageConnection = { edges: readonly { node: Reference }[] };

/**
 * Puts a message that is in the cache at the new end of its loan's thread, where that thread
 * is loaded. One that is there already stays where it is.
 */
export function addToThread(
  cache: ApolloCache,
  loanId: string,
  messageId: string,
): void {
  cache.modify<{ messages: MessageConnection }>({
    id: cache.identify({ __typename: 'Loan', id: loanId }),
    fields: {
      messages: (thread, { toReference }) => {
        const node = toReference({ __typename: 'Message', id: messageId });
        const { edges } = thread as MessageConnection;
        if (!node || edges.some((edge) => edge.node.__ref === node.__ref))
          return thread;
        return {
          ...thread,
          edges: [{ __typename: 'MessageEdge', node }, ...edges],
        };
      },
    },
  });
}
