import type { DayObstacle } from '../ui/RangeCalendar';
import { t } from '../languages/texts';
import { addDays, daysBetween, daysFrom } from '../ui/dates';

/** How many days ahead a loan may begin: see `RequestLoanInput.startDate` in the schema. */
const MAX_DAYS_AHEAD = 180;

/** Rules that decide on which days an item can be borrowed. */
export type LendingRules = {
  /** Current day in the neighborhood. */
  today: string;
  /** Longest loan in days. */
  maxLoanDays: number;
};

/** Days on which an item is not free, and those of them on which it rests. */
export type BusyDays = {
  busy: ReadonlySet<string>;
  resting: ReadonlySet<string>;
};

/** Returns the last possible day of a loan requested today. */
export function lastLoanDay({ today, maxLoanDays }: LendingRules): string {
  return addDays(today, MAX_DAYS_AHEAD + maxLoanDays - 1);
}

/**
 * Returns why a day cannot be chosen next, as one end of a loan, or as the other end once one is chosen,
 * so that the calendar offers no days that the API would refuse.
 * @param chosen the chosen end; null if neither or both are chosen
 * @returns null if the day can be chosen
 */
export function obstacleOn(
  day: string,
  chosen: string | null,
  { today, maxLoanDays }: LendingRules,
  { busy, resting }: BusyDays,
): DayObstacle | null {
  if (resting.has(day))
    return { reason: t('items.obstacle.resting'), mark: 'rest' };
  if (busy.has(day)) return { reason: t('items.obstacle.busy'), mark: 'busy' };
  const other = chosen ?? day;
  const [from, to] = day < other ? [day, other] : [other, day];
  if (from < today) return { reason: t('items.obstacle.past') };
  if (daysBetween(today, from) > MAX_DAYS_AHEAD)
    return { reason: t('items.obstacle.tooFar') };
  if (daysBetween(from, to) >= maxLoanDays)
    return { reason: t('items.obstacle.tooLong', { count: maxLoanDays }) };
  return daysFrom(from, to).some((each) => busy.has(each))
    ? { reason: t('items.obstacle.between') }
    : null;
}
