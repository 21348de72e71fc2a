import { addDays, countDays, eachDay, type Day } from '../calendar';

/** How many days ahead a loan may begin. */
export const MAX_DAYS_AHEAD = 180;

/** Loans of an item, as far as they decide on which days it is free. */
export type Occupation = {
  /** Days that loans have booked: at least those next to the days in question. */
  booked: readonly Day[];
  /** Due date of the loan whose borrower has the item now; null where no borrower has it. */
  heldUntil: Day | null;
  /** Day of the last return; null for none. */
  lastReturn: Day | null;
};

/** Settings of an item that decide on which days it can be borrowed. */
type Lending = { maxLoanDays: number; bufferDays: number };

/** Why an item cannot be borrowed on some days. */
export type DaysProblem =
  'PAST' | 'TOO_FAR' | 'REVERSED' | 'TOO_LONG' | 'NOT_BACK' | 'NOT_FREE';

/**
 * Returns why an item cannot be borrowed from one day to another, both included; null where it can.
 * This is the rule for requests. `isFree` in items.reads.ts is the same rule in SQL.
 * @param today the current day in the neighborhood
 */
export function problemOf(
  from: Day,
  to: Day,
  { maxLoanDays, ...item }: Lending & Occupation,
  today: Day,
): DaysProblem | null {
  const start = startProblemOf(from, today);
  if (start) return start;
  const days = countDays(from, to);
  if (days < 1) return 'REVERSED';
  return days > maxLoanDays
    ? 'TOO_LONG'
    : occupationProblemOf(from, to, item, today);
}

/** Returns why no loan of any item can begin on a day; null where one can. */
export function startProblemOf(
  from: Day,
  today: Day,
): 'PAST' | 'TOO_FAR' | null {
  if (from < today) return 'PAST';
  return from > addDays(today, MAX_DAYS_AHEAD) ? 'TOO_FAR' : null;
}

/**
 * Returns why an item is not free on all days from one to another, both included; null where it is.
 * It is free where no loan has one of them, nor one of the buffer days before and after them.
 */
export function occupationProblemOf(
  from: Day,
  to: Day,
  item: Pick<Lending, 'bufferDays'> & Occupation,
  today: Day,
): 'NOT_BACK' | 'NOT_FREE' | null {
  const days = surroundings(from, to, item.bufferDays);
  if (daysOfHolder(...days, item, today).length > 0)
    return isOverdue(item, today) ? 'NOT_BACK' : 'NOT_FREE';
  const isTaken =
    item.booked.some((day) => isWithin(day, ...days)) ||
    restsAfterReturn(...days, item);
  return isTaken ? 'NOT_FREE' : null;
}

/**
 * Lists the days of a span on which the item is not free, in order: a loan that has only that day
 * would be refused.
 * @returns all of them, and those on which no borrower has the item
 */
export function busyDays(
  from: Day,
  to: Day,
  item: Pick<Lending, 'bufferDays'> & Occupation,
  today: Day,
): { busy: Day[]; resting: Day[] } {
  const { bufferDays, booked, lastReturn } = item;
  const days = surroundings(from, to, bufferDays);
  const lent = new Set([...booked, ...daysOfHolder(...days, item, today)]);
  const hasLoan = eachDay(...days).map(
    (day) =>
      lent.has(day) || (day === lastReturn && restsAfterReturn(...days, item)),
  );
  const busy = eachDay(from, to).filter((_, index) =>
    hasLoan.slice(index, index + 2 * bufferDays + 1).includes(true),
  );
  return { busy, resting: busy.filter((day) => !lent.has(day)) };
}

/** Returns the span with the buffer days before and after it. */
const surroundings = (from: Day, to: Day, bufferDays: number): [Day, Day] => [
  addDays(from, -bufferDays),
  addDays(to, bufferDays),
];

/**
 * Lists the days of a span on which the borrower has the item: from today to the due date. An overdue
 * item has been away since then, and does not count as free before the day after tomorrow.
 */
function daysOfHolder(
  first: Day,
  last: Day,
  { heldUntil }: Occupation,
  today: Day,
): Day[] {
  if (heldUntil === null) return [];
  const since = earlierOf(today, addDays(heldUntil, 1));
  const until = heldUntil < today ? addDays(today, 1) : heldUntil;
  return eachDay(laterOf(first, since), earlierOf(last, until));
}

const isOverdue = ({ heldUntil }: Occupation, today: Day): boolean =>
  heldUntil !== null && heldUntil < today;

/** The rest after a return includes the rest of its day. Without buffer days the item is free at once. */
const restsAfterReturn = (
  first: Day,
  last: Day,
  { bufferDays, lastReturn }: Pick<Lending, 'bufferDays'> & Occupation,
): boolean =>
  bufferDays > 0 && lastReturn !== null && isWithin(lastReturn, first, last);

const isWithin = (day: Day, first: Day, last: Day): boolean =>
  first <= day && day <= last;

/** Returns the earlier of two days. */
export const earlierOf = (one: Day, other: Day): Day =>
  one < other ? one : other;

/** Returns the later of two days. */
export const laterOf = (one: Day, other: Day): Day =>
  one > other ? one : other;
