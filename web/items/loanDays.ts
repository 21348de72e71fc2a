import { addDays, daysBetween, daysFrom } from '../ui/dates';

/** So many days ahead a loan may begin: `RequestLoanInput.startDate` in the schema. */
const MAX_DAYS_AHEAD = 180;

/** Rules that decide on which days an item can be borrowed. */
export type LendingRules = {
  /** Which day it is in the neighborhood. */
  today: string;
  /** Longest loan in days. */
  maxLoanDays: number;
  /** How many days are kept free after each return. */
  bufferDays: number;
};

/** The last day that a loan asked for today can reach. */
export function lastLoanDay({ today, maxLoanDays }: LendingRules): string {
  return addDays(today, MAX_DAYS_AHEAD + maxLoanDays - 1);
}

/**
 * Tells whether a loan from one day to another can be requested, so that the calendar offers no days
 * that the API would refuse.
 * @param busy the days on which the item is lent or promised
 */
export function canBorrow(
  from: string,
  to: string,
  { today, maxLoanDays, bufferDays }: LendingRules,
  busy: ReadonlySet<string>,
): boolean {
  const length = daysBetween(from, to) + 1;
  return (
    from >= today &&
    daysBetween(today, from) <= MAX_DAYS_AHEAD &&
    length >= 1 &&
    length <= maxLoanDays &&
    // The days kept free afterwards have to be free, too.
    daysFrom(from, addDays(to, bufferDays)).every((day) => !busy.has(day))
  );
}

/**
 * Whether a day can be chosen next: the first of a loan, or its other end once one end is
 * chosen.
 * @param chosen the end that is chosen; null if there is none, or both
 */
export function canChoose(
  day: string,
  chosen: string | null,
  lending: LendingRules,
  busy: ReadonlySet<string>,
): boolean {
  const other = chosen ?? day;
  return day < other
    ? canBorrow(day, other, lending, busy)
    : canBorrow(other, day, lending, busy);
}
