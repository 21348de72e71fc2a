import { daysBetween, formatDay, relativeDay } from '../ui/dates';
import type { LoanFacts } from './loanMessages';

/** "today", "tomorrow", "on Fri, May 1": as it goes on in a sentence. */
export function onDay(day: string, today: string): string {
  const isNear = Math.abs(daysBetween(today, day)) <= 1;
  return isNear ? relativeDay(day, today) : `on ${formatDay(day, today)}`;
}

/** Names and dates that messages about a loan contain. */
export function factsOf(loan: {
  borrower: { name: string };
  owner: { name: string };
  startDate: string;
  dueDate: string;
  neighborhood: { today: string };
}): LoanFacts {
  const { today } = loan.neighborhood;
  return {
    borrower: loan.borrower.name,
    owner: loan.owner.name,
    start: onDay(loan.startDate, today),
    due: onDay(loan.dueDate, today),
  };
}
