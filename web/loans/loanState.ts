import type { ApolloClient } from '@apollo/client';
import { graphql } from '../apollo/graphql';

/**
 * All of a loan that may change. Whatever tells of a change brings it, so that every page
 * that shows the loan is right without asking again.
 */
export const LOAN_STATE = graphql(`
  fragment LoanState_loan on Loan {
    id
    startDate
    dueDate
    status
    overdue
    reason
    handedOverAt
    returnedAt
    updatedAt
    viewerRole
    viewerActions
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
      createdAt
    }
    item {
      id
      status
      availableToday
    }
  }
`);

/** The queries whose answers follow from loans and memberships, by name. */
const DEPENDENT_QUERIES = ['Tasks', 'Loans', 'UnreadNotifications'];

/** Asks again what follows from loans and memberships, where it is on the screen. */
export async function refetchDependentQueries(
  client: ApolloClient,
): Promise<void> {
  const onScreen = [...client.getObservableQueries('active')].filter((query) =>
    DEPENDENT_QUERIES.includes(query.queryName ?? ''),
  );
  // A failure is shown by the component that displays the query, or fixed by the next visit.
  await Promise.allSettled(onScreen.map((query) => query.refetch()));
}
