import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
import type {
  ReportItemMutation,
  ReportItemMutationVariables,
  ReportMessageMutation,
  ReportMessageMutationVariables,
  ReportUserMutation,
  ReportUserMutationVariables,
  ReportsQuery,
  ReportsQueryVariables,
  ResolveMutation,
  ResolveMutationVariables,
} from '../generated/operations';
import { buildPerson, type Person } from './buildPeople';
import { buildNeighbor, buildNeighborhood } from './buildNeighborhoods';
import { buildItem } from './buildItems';
import type { TestApi } from './testApp';

const Report_all = gql`
  fragment Report_all on Report {
    id
    reason
    status
    resolution
    reporter {
      name
    }
    reportedUser {
      name
    }
    item {
      title
    }
    message {
      body
    }
    loan {
      id
    }
    resolvedBy {
      name
    }
  }
`;

const ReportItem: TypedDocumentNode<
  ReportItemMutation,
  ReportItemMutationVariables
> = gql`
  mutation ReportItem($input: ReportItemInput!) {
    reportItem(input: $input) {
      report {
        ...Report_all
      }
      errors {
        code
        field
      }
    }
  }
  ${Report_all}
`;

const ReportUser: TypedDocumentNode<
  ReportUserMutation,
  ReportUserMutationVariables
> = gql`
  mutation ReportUser($input: ReportUserInput!) {
    reportUser(input: $input) {
      report {
        ...Report_all
      }
      errors {
        code
        field
      }
    }
  }
  ${Report_all}
`;

const ReportMessage: TypedDocumentNode<
  ReportMessageMutation,
  ReportMessageMutationVariables
> = gql`
  mutation ReportMessage($input: ReportMessageInput!) {
    reportMessage(input: $input) {
      report {
        ...Report_all
      }
      errors {
        code
        field
      }
    }
  }
  ${Report_all}
`;

const Resolve: TypedDocumentNode<ResolveMutation, ResolveMutationVariables> =
  gql`
    mutation Resolve($id: ID!) {
      resolveReport(input: { reportId: $id, resolution: "Talked to them." }) {
        report {
          ...Report_all
        }
        errors {
          code
          field
        }
      }
    }
    ${Report_all}
  `;

/** Reads the reports of a neighborhood and the viewer's tasks. */
export const Reports: TypedDocumentNode<ReportsQuery, ReportsQueryVariables> =
  gql`
    query Reports(
      $id: ID!
      $status: ReportStatus = OPEN
      $first: Int
      $after: String
    ) {
      neighborhood(id: $id) {
        reports(status: $status, first: $first, after: $after) {
          edges {
            node {
              ...Report_all
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
      myTasks {
        kind
        report {
          id
        }
      }
    }
    ${Report_all}
  `;

/** Reason that the reports of tests give. */
export const REASON = 'Not nice.';

/** Calls `reportItem`. */
export const reportItem = async (
  api: TestApi,
  person: Person,
  itemId: string,
) =>
  (await api.as(person).run(ReportItem, { input: { itemId, reason: REASON } }))
    .data.reportItem;

/** Calls `reportUser`. */
export const reportUser = async (
  api: TestApi,
  person: Person,
  userId: string,
  neighborhoodId: string,
) =>
  (
    await api.as(person).run(ReportUser, {
      input: { userId, neighborhoodId, reason: REASON },
    })
  ).data.reportUser;

/** Calls `reportMessage`. */
export const reportMessage = async (
  api: TestApi,
  person: Person,
  messageId: string,
) =>
  (
    await api
      .as(person)
      .run(ReportMessage, { input: { messageId, reason: REASON } })
  ).data.reportMessage;

/** Calls `resolveReport`. */
export const resolveReport = async (api: TestApi, person: Person, id: string) =>
  (await api.as(person).run(Resolve, { id })).data.resolveReport;

/** Reads the reports of a neighborhood that the user sees. */
export const reportsOf = async (
  api: TestApi,
  person: Person,
  variables: ReportsQueryVariables,
) => {
  const { data } = await api.as(person).run(Reports, variables);
  return data.neighborhood?.reports.edges.map(({ node }) => node);
};

/** Reads the notifications of a user with their reports, newest first. */
export const newsOf = async (api: TestApi, person: Person) =>
  (
    await api.as(person).run<
      {
        myNotifications: {
          edges: {
            node: {
              kind: string;
              report: { id: string; resolution: string | null } | null;
            };
          }[];
        };
      },
      never
    >('{ myNotifications { edges { node { kind report { id resolution } } } } }')
  ).data.myNotifications.edges.map(({ node }) => node);

/** Builds a neighborhood with a steward and the members Ana and Ben; Ana owns a drill. */
export async function buildStreet(api: TestApi) {
  const steward = await buildPerson(api, 'steward');
  const neighborhood = await buildNeighborhood(api, steward);
  const ana = await buildNeighbor(api, neighborhood, 'ana');
  const ben = await buildNeighbor(api, neighborhood, 'ben');
  const drill = await buildItem(api, neighborhood, ana);
  return { steward, neighborhood, ana, ben, drill };
}
