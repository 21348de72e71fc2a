import { addDays } from '../calendar';
import type { EntityManager } from '../database/orm';
import type { ItemStatus } from '../items/item.entity';
import { PENDING_LOAN_STATUSES } from '../loanStatus';
import { BookedDayEntity } from './bookedDay.entity';
import type { LoanAction } from './loan.entity';
import type { LoanFacts } from './loanRules';
import { UNDO_TIMEOUT_MS } from './undoRules';
import { UndoStepEntity } from './undoStep.entity';

/** Actions that can be undone: all that change a loan, except requests of the borrower, which can be withdrawn. */
export const UNDOABLE_ACTIONS: readonly LoanAction[] = [
  'APPROVE',
  'DECLINE',
  'CANCEL',
  'HAND_OVER',
  'CLAIM_RETURN',
  'CONFIRM_RETURN',
  'DISPUTE',
  'SETTLE_DISPUTE',
  'APPROVE_EXTENSION',
  'DECLINE_EXTENSION',
];

/** Actions that end a loan, and give back its days. */
const ENDING_ACTIONS: readonly LoanAction[] = [
  'DECLINE',
  'CANCEL',
  'CONFIRM_RETURN',
  'SETTLE_DISPUTE',
];

/** Loan before a step that is about to change it. */
type LoanBefore = Pick<
  LoanFacts,
  'id' | 'startDate' | 'dueDate' | 'status' | 'version' | 'extensionId'
>;

/**
 * Records a loan before a step on it, so that the step can be undone. Call it in the transaction of the
 * step, which must change the loan once.
 */
export async function recordStep(
  em: EntityManager,
  loan: LoanBefore & Pick<LoanFacts, 'bufferDays'>,
  { actorId, action }: { actorId: string; action: LoanAction },
): Promise<void> {
  const isPending = (PENDING_LOAN_STATUSES as readonly string[]).includes(
    loan.status,
  );
  const days = await bookedDaysOf(em, loan.id);
  // Before a handover the rest around the loan has to be free as well.
  const rest = isPending ? loan.bufferDays : 0;
  const freeFrom = addDays(days.firstDay ?? loan.startDate, -rest);
  const freeTo = addDays(days.lastDay ?? loan.dueDate, rest);
  await deleteSteps(em, [loan.id]);
  await em.insert(UndoStepEntity, {
    ...rowOf(loan),
    stepLoan: loan.id,
    actorId,
    ...days,
    ...(ENDING_ACTIONS.includes(action) && { freeFrom, freeTo }),
  });
}

/**
 * Records other loans that the same step is about to change.
 * @param stepLoanId the loan on which the step is taken; without a record of it, nothing is recorded
 */
export async function recordSideEffects(
  em: EntityManager,
  loans: readonly LoanBefore[],
  stepLoanId: string,
): Promise<void> {
  const step = await em.findOne(UndoStepEntity, { loan: stepLoanId });
  if (!step || loans.length === 0) return;
  const rows = [];
  for (const loan of loans)
    rows.push({
      ...rowOf(loan),
      ...(loan.status !== 'REQUESTED' && (await bookedDaysOf(em, loan.id))),
      stepLoan: stepLoanId,
      actorId: step.actorId,
    });
  await deleteSteps(
    em,
    loans.map(({ id }) => id),
  );
  await em.insertMany(UndoStepEntity, rows);
}

/** Records the status of an item that the step is about to retire. */
export async function recordItemStatus(
  em: EntityManager,
  stepLoanId: string,
  itemStatus: ItemStatus,
): Promise<void> {
  await em.nativeUpdate(UndoStepEntity, { loan: stepLoanId }, { itemStatus });
}

/** Makes the columns of a record that depend on the loan alone. */
const rowOf = (loan: LoanBefore) => ({
  loan: loan.id,
  version: loan.version + 1,
  status: loan.status,
  dueDate: loan.dueDate,
  extensionId: loan.extensionId,
  createdAt: new Date(),
});

/** Deletes the records of the loans' previous steps: what they changed stays as it is from now on. */
async function deleteSteps(
  em: EntityManager,
  loanIds: readonly string[],
): Promise<void> {
  const loans = { $in: [...loanIds] };
  await em.nativeDelete(UndoStepEntity, {
    $or: [{ loan: loans }, { stepLoan: loans }],
  });
}

async function bookedDaysOf(em: EntityManager, loanId: string) {
  const booked = await em.find(
    BookedDayEntity,
    { loan: loanId },
    { orderBy: { day: 'asc' } },
  );
  return {
    firstDay: booked[0]?.day ?? null,
    lastDay: booked.at(-1)?.day ?? null,
  };
}

/** Deletes the records of steps that can no longer be undone. */
export async function sweepUndoSteps(
  em: EntityManager,
  now: Date,
): Promise<void> {
  await em.nativeDelete(UndoStepEntity, {
    createdAt: { $lt: new Date(now.getTime() - UNDO_TIMEOUT_MS) },
  });
}
