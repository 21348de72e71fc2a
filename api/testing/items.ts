import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import { sql } from '../database/sql';
import type {
  CreateItemInput,
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
import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import { buildPerson, type Person } from './buildPeople';
import { buildNeighbor, buildNeighborhood } from './buildNeighborhoods';
import type { TestApi } from './testApp';

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

/** Lists the items of a neighborhood, as the grid does. */
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

/** Lists the items of the caller. */
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

/** Creates an item. */
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

/** Resumes a paused item. */
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

/** Input of `createItem` for a tent, with a title that needs trimming. */
export const tentInput = ({ id }: Neighborhood): CreateItemInput => ({
  neighborhoodId: id,
  title: ' Tent for four ',
  description: 'Green.\n\nPegs included.',
  category: 'TRAVEL',
  maxLoanDays: 14,
  bufferDays: 1,
  pickupNote: 'Second floor',
});

/** Builds a neighborhood with the steward Ana and the member Ben. */
export async function buildItemStreet(api: TestApi) {
  const ana = await buildPerson(api, 'ana');
  const maple = await buildNeighborhood(api, ana);
  const ben = await buildNeighbor(api, maple, 'ben');
  return { ana, ben, maple };
}

/** Reads an item as the user sees it. */
export const seeItem = async (api: TestApi, person: Person, id: string) =>
  (await api.as(person).run(ItemById, { id })).data.item;

/** Lists the titles of the items of a neighborhood that the user sees. */
export const itemTitles = async (
  api: TestApi,
  person: Person,
  { id }: Neighborhood,
) =>
  (
    await api.as(person).run(Items, { neighborhoodId: id })
  ).data.items.edges.map(({ node }) => node.title);

/** Counts all photos in the database. */
export async function countPhotos({ services }: TestApi): Promise<number> {
  return (await services.reads.all(sql`select id from photos`)).length;
}
