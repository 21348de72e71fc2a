import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  CreateItemMutation,
  CreateItemMutationVariables,
  ItemQuery,
  ItemQueryVariables,
  ItemsQuery,
  ItemsQueryVariables,
  MyItemsQuery,
  MyItemsQueryVariables,
  PauseItemMutation,
  PauseItemMutationVariables,
  ResumeItemMutation,
  ResumeItemMutationVariables,
  RetireItemMutation,
  RetireItemMutationVariables,
  UpdateItemMutation,
  UpdateItemMutationVariables,
} from '../generated/operations';

const SEEN = gql`
  fragment Seen on Item {
    id
    title
    description
    category
    maxLoanDays
    bufferDays
    pickupNote
    status
    retiredReason
    viewerActions
    owner {
      id
    }
    photos {
      id
    }
  }
`;

/** Reads one item with all its fields. */
export const ItemById: TypedDocumentNode<ItemQuery, ItemQueryVariables> = gql`
  query Item($id: ID!) {
    item(id: $id) {
      ...Seen
    }
  }
  ${SEEN}
`;

/** A page of a neighborhood's items, as the grid shows them. */
export const Items: TypedDocumentNode<ItemsQuery, ItemsQueryVariables> = gql`
  query Items(
    $neighborhoodId: ID!
    $filter: ItemFilter
    $first: Int
    $after: String
  ) {
    items(
      neighborhoodId: $neighborhoodId
      filter: $filter
      first: $first
      after: $after
    ) {
      edges {
        node {
          id
          title
          availableToday
          owner {
            id
            name
          }
          photos {
            url
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

/** A page of one's own items. */
export const MyItems: TypedDocumentNode<MyItemsQuery, MyItemsQueryVariables> =
  gql`
    query MyItems($status: ItemStatus, $first: Int, $after: String) {
      myItems(status: $status, first: $first, after: $after) {
        edges {
          node {
            title
            status
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `;

/** Offers an item. */
export const CreateItem: TypedDocumentNode<
  CreateItemMutation,
  CreateItemMutationVariables
> = gql`
  mutation CreateItem($input: CreateItemInput!) {
    createItem(input: $input) {
      item {
        ...Seen
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${SEEN}
`;

/** Changes an item. */
export const UpdateItem: TypedDocumentNode<
  UpdateItemMutation,
  UpdateItemMutationVariables
> = gql`
  mutation UpdateItem($input: UpdateItemInput!) {
    updateItem(input: $input) {
      item {
        ...Seen
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${SEEN}
`;

/** Pauses an item. */
export const PauseItem: TypedDocumentNode<
  PauseItemMutation,
  PauseItemMutationVariables
> = gql`
  mutation PauseItem($input: PauseItemInput!) {
    pauseItem(input: $input) {
      item {
        ...Seen
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${SEEN}
`;

/** Lends an item again. */
export const ResumeItem: TypedDocumentNode<
  ResumeItemMutation,
  ResumeItemMutationVariables
> = gql`
  mutation ResumeItem($input: ResumeItemInput!) {
    resumeItem(input: $input) {
      item {
        ...Seen
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${SEEN}
`;

/** Retires an item. */
export const RetireItem: TypedDocumentNode<
  RetireItemMutation,
  RetireItemMutationVariables
> = gql`
  mutation RetireItem($input: RetireItemInput!) {
    retireItem(input: $input) {
      item {
        ...Seen
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${SEEN}
`;
