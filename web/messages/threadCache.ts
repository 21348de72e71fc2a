import type { ApolloCache, Reference } from '@apollo/client/cache';

type MessageConnection = { edges: readonly { node: Reference }[] };

/**
 * Adds a cached message to the newest end of its loan's thread, if that thread is loaded. A message
 * that the thread already contains keeps its position.
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
