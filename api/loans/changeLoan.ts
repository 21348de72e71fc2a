import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { validate as isUuid } from 'uuid';
import { dayIn } from '../calendar';
import type { EntityManager } from '../database/orm';
import { readsOf } from '../database/reads';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { text, type Text } from '../language/text';
import { ItemEntity } from '../items/item.entity';
import { notify, withdrawDueNotices } from '../notifications/notifications';
import type { NotificationKind } from '../notifications/notification.entity';
import { freeDays } from './bookedDays';
import { ExtensionEntity } from './extension.entity';
import {
  LoanEntity,
  type LoanAction,
  type LoanRow,
  type LoanStatus,
} from './loan.entity';
import {
  NOT_BACK_MESSAGE,
  NOT_FREE_MESSAGE,
  refusal,
  type LoanFacts,
} from './loanRules';
import { isFinal, NEXT_LOAN_STATUSES } from '../loanStatus';
import { readLoanFacts } from './loans.reads';
import { recordStep, UNDOABLE_ACTIONS } from './undoSteps';

/** The loan has changed since it was read. The payload shows its current state. */
export class LoanConflict extends UserErrors {
  constructor(
    readonly loanId: string,
    message = text('loans.changed'),
  ) {
    super({ code: 'CONFLICT', message, field: null });
  }
}

/** Messages for unique constraint violations, when two requests race. */
const CONFLICT_MESSAGES: Partial<Record<LoanAction, Text>> = {
  APPROVE: NOT_FREE_MESSAGE,
  APPROVE_EXTENSION: NOT_FREE_MESSAGE,
  HAND_OVER: NOT_BACK_MESSAGE,
};

/** Actions that book days. They lock the item, so that two of them cannot take each other's rest. */
const BOOKING_ACTIONS: readonly LoanAction[] = [
  'APPROVE',
  'APPROVE_EXTENSION',
  'HAND_OVER',
  'UNDO',
];

/**
 * Runs an action on a loan that the viewer can see, if the loan rules allow it, in one transaction.
 * @param work applies the action within the transaction
 * @param notFound makes the error for a loan that the viewer cannot see
 * @returns the loan's id in lower case
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict
 */
export async function changeLoan(
  em: EntityManager,
  viewerId: string,
  action: LoanAction,
  loanId: string,
  work: (em: EntityManager, facts: LoanFacts) => Promise<void>,
  notFound = loanNotFound,
): Promise<string> {
  if (!isUuid(loanId)) throw notFound();
  const id = loanId.toLowerCase();
  try {
    await inTransaction(em, async (em) => {
      const read = () => readLoanFacts(readsOf(em), viewerId, id);
      let facts = await read();
      if (facts && BOOKING_ACTIONS.includes(action)) {
        await lockItem(em, facts.itemId);
        facts = await read();
      }
      if (!facts) throw notFound();
      const refused = refusal(facts, action, new Date());
      if (refused?.code === 'CONFLICT')
        throw new LoanConflict(id, refused.message);
      if (refused) throw new UserErrors({ ...refused, field: null });
      if (UNDOABLE_ACTIONS.includes(action))
        await recordStep(em, facts, { actorId: viewerId, action });
      await work(em, facts);
      await em.flush();
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      throw new LoanConflict(id, CONFLICT_MESSAGES[action]);
    throw error;
  }
  return id;
}

/** Locks an item until the transaction ends: its loans, settings and status then stay as they are. */
async function lockItem(em: EntityManager, id: string): Promise<void> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  await em.findOneOrFail(ItemEntity, { id }, { lockMode });
}

/** Makes the error for a loan that does not exist or is not visible. */
const loanNotFound = (): UserErrors =>
  new UserErrors({
    code: 'NOT_FOUND',
    message: text('loans.notFound'),
    field: ['loanId'],
  });

/**
 * Updates a loan if it has not changed since it was read.
 * @throws LoanConflict where it has
 */
export async function updateLoan(
  em: EntityManager,
  { id, status, version }: Pick<LoanFacts, 'id' | 'status' | 'version'>,
  changes: Partial<
    Pick<
      LoanRow,
      | 'status'
      | 'dueDate'
      | 'reason'
      | 'agreement'
      | 'approvedAt'
      | 'handedOverAt'
      | 'returnedAt'
      | 'returnedOn'
      | 'remindedAt'
    >
  >,
): Promise<void> {
  const changed = await em.nativeUpdate(
    LoanEntity,
    { id, status, version },
    { ...changes, version: version + 1, updatedAt: new Date() },
  );
  if (changed === 0) throw new LoanConflict(id);
}

/**
 * Moves a loan to its next status. An open extension request is cancelled when the borrower no
 * longer has the item. Days that are no longer needed are freed: after a return, today as well.
 * @throws LoanConflict where the loan has changed since it was read
 */
export async function moveLoan(
  em: EntityManager,
  loan: Pick<
    LoanFacts,
    'id' | 'status' | 'version' | 'timeZone' | 'borrowerId' | 'ownerId'
  >,
  next: LoanStatus,
  changes: Partial<Pick<LoanRow, 'reason' | 'agreement' | 'handedOverAt'>> = {},
): Promise<void> {
  if (!NEXT_LOAN_STATUSES[loan.status].includes(next))
    throw new Error(`A loan does not go from ${loan.status} to ${next}`);
  const now = new Date();
  const today = dayIn(loan.timeZone, now);
  const isBack = next === 'RETURNED' || next === 'DAMAGED';
  await updateLoan(em, loan, {
    ...changes,
    ...(next === 'APPROVED' && { approvedAt: now }),
    ...(isBack && { returnedAt: now, returnedOn: today }),
    status: next,
  });
  if (loan.status === 'ON_LOAN') {
    // A reported return may be a mistake that the borrower undoes.
    if (next !== 'RETURN_CLAIMED') await withdrawDueNotices(em, loan);
    await em.nativeUpdate(
      ExtensionEntity,
      { loan: loan.id, status: 'REQUESTED' },
      { status: 'CANCELLED', answeredAt: new Date() },
    );
  }
  if (isBack) await freeDays(em, loan.id, today);
  else if (isFinal(next) && loan.status !== 'REQUESTED')
    await freeDays(em, loan.id);
}

/**
 * Notifies both sides of a loan, except the actor.
 * @param takesBack the kind of the event that this one takes back: see `notify`
 */
export async function notifyParties(
  em: EntityManager,
  kind: NotificationKind,
  loan: Pick<LoanFacts, 'id' | 'neighborhoodId' | 'borrowerId' | 'ownerId'>,
  actorId: string | null,
  takesBack?: NotificationKind,
): Promise<void> {
  for (const recipientId of [loan.borrowerId, loan.ownerId])
    await notify(em, {
      kind,
      recipientId,
      actorId,
      loanId: loan.id,
      neighborhoodId: loan.neighborhoodId,
      takesBack,
    });
}
