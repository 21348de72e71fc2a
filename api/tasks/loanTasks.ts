import { addDays, dayIn, type Day } from '../calendar';
import type { LoanAction } from '../loans/loan.entity';
import { isExpired, MAX_ANSWER_WAIT_MS } from '../loans/expiry';
import { refusal, roleIn, type LoanFacts } from '../loans/loanRules';
import { isOverdue } from '../loans/overdue';
import { URGENCIES, type Task, type TaskKind, type TaskUrgency } from './task';

/** How many days before the start of a loan its tasks appear. */
const DAYS_BEFORE_START = 1;
/** Tasks due within so many days are SOON. */
const SOON_WITHIN_DAYS = 3;

/** Kind and due date of a task. `promptly` makes it at least as urgent as SOON. */
type LoanTask = { kind: TaskKind; dueDate: Day | null; promptly: boolean };

/**
 * Lists the tasks that a loan gives the viewer now.
 * @param facts of a loan that the viewer can see
 */
export function tasksOf(facts: LoanFacts, now: Date): Task[] {
  const today = dayIn(facts.timeZone, now);
  return loanTasks(facts, now, today).map(({ kind, dueDate, promptly }) => ({
    id: `${kind}:${facts.id}`,
    kind,
    urgency: urgencyOf(dueDate, today, promptly),
    dueDate,
    loanId: facts.id,
    membershipId: null,
    reportId: null,
  }));
}

function loanTasks(facts: LoanFacts, now: Date, today: Day): LoanTask[] {
  const { startDate, dueDate, status } = facts;
  const may = (action: LoanAction) => !refusal(facts, action, now);
  const isNear = () => startDate <= addDays(today, DAYS_BEFORE_START);
  const isBorrower = roleIn(facts, facts.viewerId) === 'BORROWER';
  const waits: LoanTask[] = [];
  if (may('DECLINE') && !isExpired(facts, now))
    waits.push(task('ANSWER_REQUEST', lastDayToAnswer(facts), true));
  if (may('HAND_OVER') && isNear()) waits.push(task('HAND_OVER', startDate));
  if (may('DECLINE_EXTENSION'))
    waits.push(task('ANSWER_EXTENSION', dueDate, true));
  if (status === 'RETURN_CLAIMED' && may('CONFIRM_RETURN'))
    waits.push(task('CONFIRM_RETURN', null, true));
  if (isBorrower && ownerCanHandOver(facts, now) && isNear())
    waits.push(task('PICK_UP', startDate));
  if (isBorrower && status === 'APPROVED' && isKept(facts, today))
    waits.push(task('WAIT_FOR_RETURN', null, true));
  if (may('CONFIRM_RETURN') && isOverdue(facts, facts.timeZone, now))
    waits.push(task('ASK_FOR_RETURN', dueDate));
  if (may('CLAIM_RETURN')) waits.push(task('RETURN_ITEM', dueDate));
  if (may('SETTLE_DISPUTE')) waits.push(task('SETTLE_DISPUTE', null, true));
  return waits;
}

const task = (
  kind: TaskKind,
  dueDate: Day | null,
  promptly = false,
): LoanTask => ({ kind, dueDate, promptly });

/** Tells whether another borrower still has the item, although this loan has begun. */
const isKept = ({ heldUntil, startDate }: LoanFacts, today: Day): boolean =>
  heldUntil !== null && startDate <= today;

/** Tells whether the owner can hand the item over, so that borrowers are not sent too early. */
const ownerCanHandOver = (facts: LoanFacts, now: Date): boolean =>
  !refusal(
    {
      ...facts,
      viewerId: facts.ownerId,
      viewerStatus: facts.ownerStatus,
    },
    'HAND_OVER',
    now,
  );

/** Returns the day on which a request expires: at its start, or after the maximum waiting time. */
function lastDayToAnswer({ startDate, createdAt, timeZone }: LoanFacts): Day {
  const waited = dayIn(
    timeZone,
    new Date(createdAt.getTime() + MAX_ANSWER_WAIT_MS),
  );
  return startDate < waited ? startDate : waited;
}

function urgencyOf(
  dueDate: Day | null,
  today: Day,
  promptly: boolean,
): TaskUrgency {
  if (dueDate !== null && dueDate < today) return 'OVERDUE';
  if (dueDate === today) return 'TODAY';
  const isSoon =
    dueDate !== null && dueDate <= addDays(today, SOON_WITHIN_DAYS);
  return isSoon || promptly ? 'SOON' : 'LATER';
}

/** Compares tasks by urgency, then by due date, with undated tasks last. */
export const byUrgency = (one: Task, other: Task): number =>
  URGENCIES.indexOf(one.urgency) - URGENCIES.indexOf(other.urgency) ||
  compare(one.dueDate ?? NO_DUE_DATE, other.dueDate ?? NO_DUE_DATE) ||
  compare(one.id, other.id);

const NO_DUE_DATE = '~';

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
