import { addDays } from '../ui/dates';

/**
 * The last day to which a loan can be made longer: as long as the item may be lent once more,
 * with its free days kept before the next borrower.
 * @param loan.busyDays days after the due date on which the item is taken, in order
 * @returns null if there is no such day
 */
export function latestDueDate({
  dueDate,
  maxLoanDays,
  bufferDays,
  busyDays,
}: {
  dueDate: string;
  maxLoanDays: number;
  bufferDays: number;
  busyDays: readonly string[];
}): string | null {
  // The free days after this loan are taken by this loan: they move with it.
  const ownEnd = addDays(dueDate, bufferDays);
  const next = busyDays.find((day) => day > ownEnd);
  const longest = addDays(dueDate, maxLoanDays);
  const last =
    next == null ? longest : earlierOf(longest, addDays(next, -1 - bufferDays));
  return last > dueDate ? last : null;
}

const earlierOf = (one: string, other: string) => (one < other ? one : other);
