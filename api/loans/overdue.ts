import { addDays, dayIn, type Day } from '../calendar';
import type { Loan } from './loan.entity';
import { text, type Text } from '../language/text';

/** Tells whether the loan is past its due date and its return not claimed yet. */
export const isOverdue = (
  { status, dueDate }: Pick<Loan, 'status' | 'dueDate'>,
  timeZone: string,
  now: Date,
): boolean => status === 'ON_LOAN' && dueDate < dayIn(timeZone, now);

/** How long after a reminder the owner can send the next one. */
const REMINDER_INTERVAL_MS = 24 * 60 * 60 * 1000;

/** Returns why the owner may not ask for the item now; null where they may. */
export function cannotBeReminded(
  facts: Pick<Loan, 'status' | 'dueDate' | 'remindedAt'> & { timeZone: string },
  now: Date,
): Text | null {
  if (!isOverdue(facts, facts.timeZone, now)) return text('loans.notOverdue');
  const { remindedAt } = facts;
  return remindedAt &&
    now.getTime() < remindedAt.getTime() + REMINDER_INTERVAL_MS
    ? text('loans.remindedRecently')
    : null;
}

/** Returns the first day until which a loan can be extended: after the due date, and not in the past. */
export function firstNewDueDate(
  { dueDate, timeZone }: Pick<Loan, 'dueDate'> & { timeZone: string },
  now: Date,
): Day {
  const next = addDays(dueDate, 1);
  const today = dayIn(timeZone, now);
  return next < today ? today : next;
}
