import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  SendMessageMutation,
  SendMessageMutationVariables,
  ThreadQuery,
  ThreadQueryVariables,
  ThreadsQuery,
} from '../generated/operations';

/** Sends a message about a loan. */
export const SendMessage: TypedDocumentNode<
  SendMessageMutation,
  SendMessageMutationVariables
> = gql`
  mutation SendMessage($loanId: ID!, $body: String!) {
    sendMessage(input: { loanId: $loanId, body: $body }) {
      message {
        id
        body
        author {
          name
        }
      }
      loan {
        id
        messages {
          edges {
            node {
              id
            }
          }
        }
      }
      errors {
        code
        field
      }
    }
  }
`;

/** Reads a page of the messages of a loan. */
export const Thread: TypedDocumentNode<ThreadQuery, ThreadQueryVariables> = gql`
  query Thread($id: ID!, $first: Int, $after: String) {
    loan(id: $id) {
      viewerActions
      messages(first: $first, after: $after) {
        edges {
          node {
            body
            author {
              name
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

/** Reads the latest message of each of the viewer's loans. */
export const Threads: TypedDocumentNode<ThreadsQuery> = gql`
  query Threads {
    myLoans(first: 50) {
      edges {
        node {
          messages(first: 1) {
            edges {
              node {
                body
              }
            }
            pageInfo {
              hasNextPage
            }
          }
        }
      }
    }
  }
`;
