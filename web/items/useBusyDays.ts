import { useQuery } from '@apollo/client/react';
import { graphql } from '../apollo/graphql';
import type { LendingRules } from './loanDays';
import { lastLoanDay } from './loanDays';

const BUSY_DAYS = graphql(`
  query BusyDays($id: ID!, $from: Date!, $to: Date!) {
    item(id: $id) {
      id
      busyDays(from: $from, to: $to)
      restDays(from: $from, to: $to)
    }
  }
`);

/**
 * Reads the days on which an item is not free, from today to the last that can be requested.
 * All at once: they are few, a loan may reach into the next month, and turning the pages of the
 * calendar needs no request.
 */
export function useBusyDays(id: string, lending: LendingRules) {
  const { data, error, refetch } = useQuery(BUSY_DAYS, {
    variables: { id, from: lending.today, to: lastLoanDay(lending) },
    fetchPolicy: 'cache-and-network',
  });
  const { busyDays, restDays } = data?.item ?? {};
  const days = busyDays && {
    busy: new Set(busyDays),
    resting: new Set(restDays),
  };
  return { days, error, refetch };
}
