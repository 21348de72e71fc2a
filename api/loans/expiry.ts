import { addDays, dayIn, type Day } from '../calendar';
import { earlierOf, laterOf, type Occupation } from '../items/availability';
import type { Loan } from './loan.entity';

/** How long a request may wait for its answer. */
export const MAX_ANSWER_WAIT_MS = 72 * 60 * 60 * 1000;
/** How many days a promised item may still be picked up after its start, if it was there by then. */
export const MAX_PICKUP_DAYS_LATE = 2;

/** Facts that decide whether a loan has expired: its own, and those of the other loans of the item. */
export type ExpiryFacts = Pick<
  Loan,
  'status' | 'startDate' | 'dueDate' | 'createdAt'
> &
  Pick<Occupation, 'heldUntil' | 'lastReturn'> & { timeZone: string };

/**
 * Tells whether the time to answer the request, or to pick the item up, is over. The job that ends
 * such loans may run later, so the rules refuse to continue them.
 */
export function isExpired(loan: ExpiryFacts, now: Date): boolean {
  if (loan.status === 'REQUESTED') return isRequestOver(loan, now);
  return (
    loan.status === 'APPROVED' &&
    lastPickupDay(loan) < dayIn(loan.timeZone, now)
  );
}

/** Tells whether the time to answer a request is over. */
export const isRequestOver = (
  {
    startDate,
    createdAt,
    timeZone,
  }: Pick<ExpiryFacts, 'startDate' | 'createdAt' | 'timeZone'>,
  now: Date,
): boolean =>
  startDate < dayIn(timeZone, now) ||
  now.getTime() >= createdAt.getTime() + MAX_ANSWER_WAIT_MS;

/** Later than every day. */
const NEVER = '~';

/**
 * Returns the last day on which a promised item can be picked up. The days do not run out while
 * another borrower has the item. Where none is left when it comes back, the promise stays open until
 * one of the two cancels it.
 */
function lastPickupDay(loan: ExpiryFacts): Day {
  const { startDate, dueDate, heldUntil, lastReturn } = loan;
  const since = laterOf(startDate, lastReturn ?? startDate);
  if (heldUntil !== null || since > dueDate) return NEVER;
  return earlierOf(dueDate, addDays(since, MAX_PICKUP_DAYS_LATE));
}
