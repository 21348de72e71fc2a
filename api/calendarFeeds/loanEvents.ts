import type { Day } from '../calendar';
import type { LoanStatus } from '../generated/types';
import { isHeld } from '../loanStatus';
import { isolate, withoutMarks } from '../language/isolate';
import type { Language } from '../language/language';
import { text, translate, type Text } from '../language/text';
import { personName } from '../users/personName';

/** Columns of a loan and its surroundings that its events need. */
export type CalendarLoan = {
  id: string;
  status: LoanStatus;
  /** Incremented by every change of the loan. */
  version: number;
  startDate: Day;
  dueDate: Day;
  returnedOn: Day | null;
  updatedAt: Date;
  /** Whether the user of the calendar is the borrower; else the owner. */
  isBorrower: boolean;
  title: string;
  itemUpdatedAt: Date;
  neighborhoodName: string;
  /** Name of the other side. */
  otherName: string;
  /** Of the user of the calendar. */
  language: Language;
};

/** A whole-day event of a calendar. */
export type LoanEvent = {
  kind: 'PICK_UP' | 'RETURN';
  /** Identifies the event, whatever changes about it. */
  uid: string;
  /** Grows with every change of the loan. */
  sequence: number;
  lastModified: Date;
  /** In the neighborhood's time zone. */
  day: Day;
  /** On one line, like the next. */
  summary: string;
  neighborhoodName: string;
  loanId: string;
  isCancelled: boolean;
};

/**
 * Lists the events of a loan: its pick-up and its return.
 * @param loan approved at some time
 */
export function eventsOf(loan: CalendarLoan): [LoanEvent, LoanEvent] {
  const { id, status, version, updatedAt, itemUpdatedAt } = loan;
  const wasHandedOver = isHeld(status) || ENDED_STATUSES.includes(status);
  const isPromised = wasHandedOver || status === 'APPROVED';
  const event = (
    kind: LoanEvent['kind'],
    day: Day,
    isCancelled: boolean,
  ): LoanEvent => ({
    kind,
    // One calendar may show the loans of both sides, as that of a family.
    uid: `${id}-${UID_SUFFIXES[kind][loan.isBorrower ? 'borrower' : 'owner']}`,
    sequence: version,
    lastModified: updatedAt > itemUpdatedAt ? updatedAt : itemUpdatedAt,
    day,
    summary: translate(summaryOf(kind, loan), loan.language),
    neighborhoodName: isolate(oneLine(loan.neighborhoodName), loan.language),
    loanId: id,
    isCancelled,
  });
  return [
    event('PICK_UP', loan.startDate, !isPromised),
    event(
      'RETURN',
      loan.returnedOn ?? loan.dueDate,
      !isPromised || status === 'LOST',
    ),
  ];
}

/** Statuses after a handover in which the borrower no longer has the item. */
const ENDED_STATUSES: readonly LoanStatus[] = ['RETURNED', 'DAMAGED', 'LOST'];

/** Ends of the identifiers. Never change them: calendar apps would show events twice. */
const UID_SUFFIXES = {
  PICK_UP: { borrower: 'pick-up', owner: 'hand-over' },
  RETURN: { borrower: 'return', owner: 'get-back' },
} as const;

function summaryOf(
  kind: LoanEvent['kind'],
  { isBorrower, title, otherName }: CalendarLoan,
): Text {
  const names = {
    item: oneLine(title),
    person: personName(oneLine(otherName)),
  };
  if (kind === 'PICK_UP')
    return isBorrower
      ? text('calendar.pickUp', names)
      : text('calendar.handOver', names);
  return isBorrower
    ? text('calendar.return', names)
    : text('calendar.getBack', names);
}

/** Keeps a name or title on one line, without marks that change the direction of the text after it. */
const oneLine = (name: string): string =>
  withoutMarks(name.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim());

/** Lists the events that are still ahead of a loan, for a file that is imported once. */
export const eventsAhead = (loan: CalendarLoan): LoanEvent[] =>
  eventsOf(loan).filter(
    ({ kind }) => kind === 'RETURN' || !isHeld(loan.status),
  );
