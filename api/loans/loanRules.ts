import { addDays, dayIn, type Day } from '../calendar';
import type { UserErrorCode } from '../errors';
import { text, type Text } from '../language/text';
import { occupationProblemOf } from '../items/availability';
import type { ItemStatus } from '../items/item.entity';
import { toOccupation, type OccupationAround } from '../items/occupation.reads';
import type { MembershipStatus } from '../neighborhoods/membership.entity';
import { isExpired } from './expiry';
import { cannotBeReminded, firstNewDueDate } from './overdue';
import { cannotBeUndone, type UndoFacts } from './undoRules';
import type { Loan, LoanAction, LoanRole, LoanStatus } from './loan.entity';
import {
  isOpen,
  NEXT_LOAN_STATUSES,
  PENDING_LOAN_STATUSES,
} from '../loanStatus';

/** Columns of a loan and of related tables that the loan rules need. */
export type LoanFacts = Pick<
  Loan,
  | 'id'
  | 'itemId'
  | 'neighborhoodId'
  | 'borrowerId'
  | 'ownerId'
  | 'startDate'
  | 'dueDate'
  | 'status'
  | 'version'
  | 'createdAt'
> &
  // Of the other loans of the item, around the start of this one.
  OccupationAround &
  UndoFacts & {
    viewerId: string;
    timeZone: string;
    itemStatus: ItemStatus;
    maxLoanDays: number;
    bufferDays: number;
    viewerStatus: MembershipStatus;
    borrowerStatus: MembershipStatus;
    ownerStatus: MembershipStatus;
    /** Whether the two sides have blocked each other, whichever did. */
    blocked: boolean;
    /** The first day after the due date that another loan has booked. */
    takenAfterDue: Day | null;
    /** The open extension request. */
    extensionId: string | null;
    newDueDate: Day | null;
    /** When the owner last asked for the overdue item. */
    remindedAt: Date | null;
  };

/** Why an action is not allowed. */
export type Refusal = { code: UserErrorCode; message: Text };

type Rule = {
  /** Statuses in which each role may do it. */
  allowedIn: Partial<Record<LoanRole, readonly LoanStatus[]>>;
  /** Whether both sides have to be active members, as it starts something new. */
  needsActiveParties?: true;
  /** Returns another reason against it, as a sentence that names no person; null for none. */
  obstacle?: (facts: LoanFacts, now: Date) => Text | null;
};

/** Message for days that another loan has booked. */
export const NOT_FREE_MESSAGE = text('loans.notFree');
/** Message for an item that another borrower still has. */
export const NOT_BACK_MESSAGE = text('loans.notBack');

const EVERY_STATUS = Object.keys(NEXT_LOAN_STATUSES) as LoanStatus[];

const noExtension = ({ extensionId }: LoanFacts) =>
  extensionId ? null : text('loans.noExtension');

/** Rules of all loan actions, in the order in which actions are listed. */
const LOAN_RULES: Record<LoanAction, Rule> = {
  APPROVE: {
    allowedIn: { OWNER: ['REQUESTED'] },
    needsActiveParties: true,
    obstacle: cannotBePromised,
  },
  DECLINE: { allowedIn: { OWNER: ['REQUESTED'] } },
  CANCEL: {
    allowedIn: { BORROWER: PENDING_LOAN_STATUSES, OWNER: ['APPROVED'] },
  },
  HAND_OVER: {
    allowedIn: { OWNER: ['APPROVED'] },
    needsActiveParties: true,
    obstacle: cannotBeHandedOver,
  },
  CLAIM_RETURN: { allowedIn: { BORROWER: ['ON_LOAN'] } },
  CONFIRM_RETURN: { allowedIn: { OWNER: ['ON_LOAN', 'RETURN_CLAIMED'] } },
  DISPUTE: {
    allowedIn: {
      BORROWER: ['ON_LOAN', 'RETURN_CLAIMED'],
      OWNER: ['ON_LOAN', 'RETURN_CLAIMED'],
    },
  },
  SETTLE_DISPUTE: { allowedIn: { OWNER: ['DISPUTED'], STEWARD: ['DISPUTED'] } },
  REQUEST_EXTENSION: {
    allowedIn: { BORROWER: ['ON_LOAN'] },
    needsActiveParties: true,
    obstacle: cannotBeExtended,
  },
  APPROVE_EXTENSION: {
    allowedIn: { OWNER: ['ON_LOAN'] },
    needsActiveParties: true,
    obstacle: extensionCannotBePromised,
  },
  DECLINE_EXTENSION: {
    allowedIn: { OWNER: ['ON_LOAN'] },
    obstacle: noExtension,
  },
  CANCEL_EXTENSION: {
    allowedIn: { BORROWER: ['ON_LOAN'] },
    obstacle: noExtension,
  },
  REMIND: { allowedIn: { OWNER: ['ON_LOAN'] }, obstacle: cannotBeReminded },
  UNDO: {
    allowedIn: {
      BORROWER: EVERY_STATUS,
      OWNER: EVERY_STATUS,
      STEWARD: EVERY_STATUS,
    },
    obstacle: cannotBeUndone,
  },
  SEND_MESSAGE: {
    allowedIn: { BORROWER: EVERY_STATUS, OWNER: EVERY_STATUS },
    obstacle: cannotBeMessaged,
  },
};

const ACTIONS = Object.keys(LOAN_RULES) as LoanAction[];

/** Lists what the viewer may do with the loan now: exactly what the verbs allow. */
export const viewerActions = (facts: LoanFacts, now: Date): LoanAction[] =>
  ACTIONS.filter((action) => !refusal(facts, action, now));

/**
 * Returns why the viewer may not do this with the loan now; null where they may.
 * NOT_ALLOWED is about the viewer, CONFLICT about the state of the loan.
 */
export function refusal(
  facts: LoanFacts,
  action: LoanAction,
  now: Date,
): Refusal | null {
  const { allowedIn, needsActiveParties, obstacle } = LOAN_RULES[action];
  const { status, viewerStatus, borrowerStatus, ownerStatus } = facts;
  const statuses = allowedIn[roleIn(facts, facts.viewerId)];
  if (!statuses) return refuse('NOT_ALLOWED', text('loans.wrongRole'));
  if (needsActiveParties && viewerStatus !== 'ACTIVE')
    return refuse('NOT_ALLOWED', text('neighborhoods.suspended'));
  if (!statuses.includes(status))
    return refuse('CONFLICT', text('loans.changed'));
  if (
    needsActiveParties &&
    (borrowerStatus !== 'ACTIVE' || ownerStatus !== 'ACTIVE')
  )
    return refuse('NOT_ALLOWED', text('loans.otherNotActive'));
  const sentence = obstacle?.(facts, now);
  return sentence ? refuse('CONFLICT', sentence) : null;
}

const refuse = (code: UserErrorCode, message: Text): Refusal => ({
  code,
  message,
});

/** Returns a user's role in the loan. All others who can see a loan are stewards. */
export function roleIn(
  { borrowerId, ownerId }: Pick<Loan, 'borrowerId' | 'ownerId'>,
  personId: string | null,
): LoanRole {
  if (personId === borrowerId) return 'BORROWER';
  return personId === ownerId ? 'OWNER' : 'STEWARD';
}

function cannotBePromised(facts: LoanFacts, now: Date): Text | null {
  const { startDate, dueDate, bufferDays } = facts;
  if (isExpired(facts, now)) return text('loans.requestExpired');
  if (facts.itemStatus === 'RETIRED') return text('loans.notLent');
  const problem = occupationProblemOf(
    startDate,
    dueDate,
    { bufferDays, ...toOccupation(facts) },
    dayIn(facts.timeZone, now),
  );
  if (problem === 'NOT_BACK') return NOT_BACK_MESSAGE;
  return problem || facts.blocked ? NOT_FREE_MESSAGE : null;
}

function cannotBeHandedOver(facts: LoanFacts, now: Date): Text | null {
  const today = dayIn(facts.timeZone, now);
  if (facts.heldUntil !== null) return NOT_BACK_MESSAGE;
  if (isExpired(facts, now)) return text('loans.notPickedUp');
  if (facts.dueDate < today) return text('loans.daysOver');
  // Before its first day, it also takes the days until then. The owner decides about a shorter rest.
  const { takenBefore } = facts;
  return takenBefore !== null && takenBefore >= today ? NOT_FREE_MESSAGE : null;
}

function cannotBeExtended(facts: LoanFacts, now: Date): Text | null {
  if (facts.extensionId) return text('loans.extensionRequested');
  // The message must not reveal a block.
  return !isFreeAfterDue(facts, firstNewDueDate(facts, now)) || facts.blocked
    ? NOT_FREE_MESSAGE
    : null;
}

function extensionCannotBePromised(facts: LoanFacts, now: Date): Text | null {
  const { newDueDate } = facts;
  if (!newDueDate) return noExtension(facts);
  if (newDueDate < dayIn(facts.timeZone, now))
    return text('loans.newDueDatePassed');
  return !isFreeAfterDue(facts, newDueDate) || facts.blocked
    ? NOT_FREE_MESSAGE
    : null;
}

/**
 * Both sides may write after the end of a loan as long as both are members. Suspended members may
 * write about open loans only.
 */
function cannotBeMessaged(facts: LoanFacts): Text | null {
  if (isOpen(facts.status)) return null;
  if (facts.viewerStatus !== 'ACTIVE') return text('loans.over');
  const { borrowerStatus, ownerStatus } = facts;
  const areBothThere = [borrowerStatus, ownerStatus].every(
    (status) => status === 'ACTIVE' || status === 'SUSPENDED',
  );
  return areBothThere ? null : text('loans.otherLeft');
}

type BookedAround = Pick<
  LoanFacts,
  | 'startDate'
  | 'dueDate'
  | 'bufferDays'
  | 'takenBefore'
  | 'takenFrom'
  | 'takenAfterDue'
>;

/** Tells whether other loans have booked none of the days that the borrower would have the item longer. */
export const isFreeAfterDue = (
  { dueDate, bufferDays, takenAfterDue }: BookedAround,
  newDueDate: Day,
): boolean =>
  isUnbooked(addDays(dueDate, 1), newDueDate, bufferDays, [takenAfterDue]);

/** Tells whether another loan has booked a day that the open request or the open extension needs. */
export function hasLostDays(
  loan: BookedAround & Pick<LoanFacts, 'status' | 'newDueDate'>,
): boolean {
  const { startDate, dueDate, newDueDate, bufferDays } = loan;
  const around = [loan.takenBefore, loan.takenFrom];
  return loan.status === 'REQUESTED'
    ? !isUnbooked(startDate, dueDate, bufferDays, around)
    : newDueDate !== null && !isFreeAfterDue(loan, newDueDate);
}

/** Tells whether an item is free as far as its booked days go. */
function isUnbooked(
  from: Day,
  to: Day,
  bufferDays: number,
  days: (Day | null)[],
): boolean {
  const booked = days.filter((day) => day !== null);
  const item = { bufferDays, booked, heldUntil: null, lastReturn: null };
  // The current day matters only for an item that a borrower has.
  return !occupationProblemOf(from, to, item, from);
}
