import type { ApolloClient } from '@apollo/client';
import { graphql } from '../apollo/graphql';

/**
 * Fields of a loan that may change. Mutations and notifications select them, so that every open page of
 * the loan updates without a request.
 */
export const LOAN_STATE = graphql(`
  fragment LoanState_loan on Loan {
    id
    startDate
    dueDate
    status
    overdue
    reason
    agreement
    undoableUntil
    waitsForReturn
    handedOverAt
    returnedAt
    updatedAt
    viewerRole
    viewerActions
    calendarUrl
    contact {
      address
      phone
      pickupNote
    }
    extension {
      id
      newDueDate
      note
      status
      reason
      createdAt
    }
    item {
      id
      status
      availableToday
      viewerActions
    }
  }
`);

/** Names of queries whose results depend on loans and memberships. */
const DEPENDENT_QUERIES = ['Tasks', 'Loans', 'UnreadNotifications'];

/**
 * Refetches the displayed queries that depend on loans and memberships.
 * @param others names of further queries
 */
export async function refetchDependentQueries(
  client: ApolloClient,
  others: readonly string[] = [],
): Promise<void> {
  const names = [...DEPENDENT_QUERIES, ...others];
  const displayed = [...client.getObservableQueries('active')].filter((query) =>
    names.includes(query.queryName ?? ''),
  );
  // A failure is shown by the component that displays the query, or fixed by the next visit.
  await Promise.allSettled(displayed.map((query) => query.refetch()));
}
