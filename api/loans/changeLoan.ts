import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { validate as isUuid } from 'uuid';
import { addDays, dayIn } from '../calendar';
import type { EntityManager } from '../database/orm';
import { readsOf } from '../database/reads';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { notify } from '../notifications/notifications';
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
import { isFinal, NEXT_LOAN_STATUSES } from './loanStatus';
import { readLoanFacts } from './loans.reads';

/** Somebody was faster, or things stand differently: the answer shows the loan as it now stands. */
export class LoanConflict extends UserErrors {
  constructor(
    readonly loanId: string,
    message = 'This loan has changed in the meantime',
  ) {
    super({ code: 'CONFLICT', message, field: null });
  }
}

/** What the database says where two promise or hand over at once. */
const CONFLICT_MESSAGES: Partial<Record<LoanAction, string>> = {
  APPROVE: NOT_FREE_MESSAGE,
  APPROVE_EXTENSION: NOT_FREE_MESSAGE,
  HAND_OVER: NOT_BACK_MESSAGE,
};

/**
 * What every verb about a loan has in common: the loan has to be one that the viewer can see, and
 * the action one that they may do now. All of it happens in one transaction, or nothing.
 * @param work does it, in the transaction
 * @param notFound makes the answer for a loan that they cannot see
 * @returns the loan's id as it is kept
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
      const facts = await readLoanFacts(readsOf(em), viewerId, id);
      if (!facts) throw notFound();
      const refused = refusal(facts, action, new Date());
      if (refused?.code === 'CONFLICT')
        throw new LoanConflict(id, refused.message);
      if (refused) throw new UserErrors({ ...refused, field: null });
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

/** The answer for a loan that does not exist, or that one cannot see. */
export const loanNotFound = (): UserErrors =>
  new UserErrors({
    code: 'NOT_FOUND',
    message: 'You have no loan with this id',
    field: ['loanId'],
  });

/**
 * Changes a loan that still is as it was read.
 * @throws LoanConflict where somebody has changed it since
 */
export async function updateLoan(
  em: EntityManager,
  { id, status, version }: Pick<LoanFacts, 'id' | 'status' | 'version'>,
  changes: Partial<
    Pick<
      LoanRow,
      'status' | 'dueDate' | 'reason' | 'handedOverAt' | 'returnedAt'
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
 * Moves a loan on, with what follows from it: a wish to keep the item longer ends with the time in
 * which the borrower has it, and days that are no longer needed are free again.
 * @throws LoanConflict where somebody has changed it since
 */
export async function moveLoan(
  em: EntityManager,
  loan: Pick<
    LoanFacts,
    'id' | 'status' | 'version' | 'timeZone' | 'bufferDays'
  >,
  next: LoanStatus,
  changes: Partial<
    Pick<LoanRow, 'reason' | 'handedOverAt' | 'returnedAt'>
  > = {},
): Promise<void> {
  if (!NEXT_LOAN_STATUSES[loan.status].includes(next))
    throw new Error(`A loan does not go from ${loan.status} to ${next}`);
  await updateLoan(em, loan, { ...changes, status: next });
  if (loan.status === 'ON_LOAN')
    await em.nativeUpdate(
      ExtensionEntity,
      { loan: loan.id, status: 'REQUESTED' },
      { status: 'CANCELLED', answeredAt: new Date() },
    );
  if (next === 'RETURNED') {
    // A thing that was just returned may need its rest.
    const today = dayIn(loan.timeZone, new Date());
    await freeDays(em, loan.id, addDays(today, loan.bufferDays));
  } else if (isFinal(next)) await freeDays(em, loan.id);
}

/** Tells both sides of a loan, but not who did it, what became of it. */
export function notifyParties(
  em: EntityManager,
  kind: NotificationKind,
  loan: Pick<LoanFacts, 'id' | 'neighborhoodId' | 'borrowerId' | 'ownerId'>,
  actorId: string | null,
): void {
  for (const recipientId of [loan.borrowerId, loan.ownerId])
    notify(em, {
      kind,
      recipientId,
      actorId,
      loanId: loan.id,
      neighborhoodId: loan.neighborhoodId,
    });
}
