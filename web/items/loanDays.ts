import { addDays, daysBetween, daysFrom } from '../ui/dates';

/** How many days ahead a loan may begin: see `RequestLoanInput.startDate` in the schema. */
const MAX_DAYS_AHEAD = 180;

/** Rules that decide on which days an item can be borrowed. */
export type LendingRules = {
  /** Current day in the neighborhood. */
  today: string;
  /** Longest loan in days. */
  maxLoanDays: number;
  /** How many days are kept free after each return. */
  bufferDays: number;
};

/** Returns the last possible day of a loan requested today. */
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
    // The buffer days after the loan have to be free too.
    daysFrom(from, addDays(to, bufferDays)).every((day) => !busy.has(day))
  );
}

/**
 * Tells whether a day can be chosen next: as one end of a loan, or as the other end once one is chosen.
 * @param chosen the chosen end; null if neither or both are chosen
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
