import { addDays, dayIn, type Day } from '../calendar';
import {
  hasRunOut,
  MOST_WAIT,
  refusal,
  roleIn,
  type LoanAction,
  type Standing,
} from '../loans/loanRules';
import { URGENCIES, type Task, type TaskKind, type TaskUrgency } from './task';

/** How many days before its start a loan makes work. */
const DAYS_BEFORE_START = 1;
/** Within so many days something is soon. */
const SOON_DAYS = 3;

/** What a task is about, and by when; it is to be done soon at the latest where `promptly` is true. */
type Waiting = { kind: TaskKind; dueDate: Day | null; promptly: boolean };

/**
 * What a loan asks of the viewer now.
 * @param standing one that the viewer can see
 */
export function tasksOf(standing: Standing, now: Date): Task[] {
  const today = dayIn(standing.timeZone, now);
  return waiting(standing, now, today).map(({ kind, dueDate, promptly }) => ({
    id: `${kind}:${standing.id}`,
    kind,
    urgency: urgencyOf(dueDate, today, promptly),
    dueDate,
    loanId: standing.id,
    membershipId: null,
    reportId: null,
  }));
}

function waiting(standing: Standing, now: Date, today: Day): Waiting[] {
  const { startDate, dueDate, status } = standing;
  const may = (action: LoanAction) => !refusal(standing, action, now);
  const isNear = () => startDate <= addDays(today, DAYS_BEFORE_START);
  const isBorrower = roleIn(standing, standing.viewerId) === 'BORROWER';
  const waits: Waiting[] = [];
  if (may('DECLINE') && !hasRunOut(standing, now))
    waits.push(task('ANSWER_REQUEST', lastDayToAnswer(standing), true));
  if (may('HAND_OVER') && isNear()) waits.push(task('HAND_OVER', startDate));
  if (may('DECLINE_EXTENSION'))
    waits.push(task('ANSWER_EXTENSION', dueDate, true));
  if (status === 'RETURN_CLAIMED' && may('CONFIRM_RETURN'))
    waits.push(task('CONFIRM_RETURN', null, true));
  if (isBorrower && ownerCanHandOver(standing, now) && isNear())
    waits.push(task('PICK_UP', startDate));
  if (may('CLAIM_RETURN')) waits.push(task('RETURN_ITEM', dueDate));
  if (may('SETTLE_DISPUTE')) waits.push(task('SETTLE_DISPUTE', null, true));
  return waits;
}

const task = (
  kind: TaskKind,
  dueDate: Day | null,
  promptly = false,
): Waiting => ({ kind, dueDate, promptly });

/** Nobody is sent to pick up what somebody else still has. */
const ownerCanHandOver = (standing: Standing, now: Date): boolean =>
  !refusal(
    {
      ...standing,
      viewerId: standing.ownerId,
      viewerStatus: standing.ownerStatus,
    },
    'HAND_OVER',
    now,
  );

/** The day on which a request runs out: with its start, or when it has waited too long. */
function lastDayToAnswer({ startDate, createdAt, timeZone }: Standing): Day {
  const waited = dayIn(timeZone, new Date(createdAt.getTime() + MOST_WAIT));
  return startDate < waited ? startDate : waited;
}

function urgencyOf(
  dueDate: Day | null,
  today: Day,
  promptly: boolean,
): TaskUrgency {
  if (dueDate !== null && dueDate < today) return 'OVERDUE';
  if (dueDate === today) return 'TODAY';
  const isSoon = dueDate !== null && dueDate <= addDays(today, SOON_DAYS);
  return isSoon || promptly ? 'SOON' : 'LATER';
}

/** The most urgent first; of the same urgency, what is due first; what is due by no day comes last. */
export const byUrgency = (one: Task, other: Task): number =>
  URGENCIES.indexOf(one.urgency) - URGENCIES.indexOf(other.urgency) ||
  compare(one.dueDate ?? NEVER, other.dueDate ?? NEVER) ||
  compare(one.id, other.id);

const NEVER = '~';

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
