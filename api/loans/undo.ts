import type { EntityManager } from '../database/orm';
import { readsOf } from '../database/reads';
import { ItemEntity } from '../items/item.entity';
import { isPromised, PENDING_LOAN_STATUSES } from '../loanStatus';
import { notify, takeBackNotifications } from '../notifications/notifications';
import { bookDays, freeDays } from './bookedDays';
import { changeLoan, updateLoan } from './changeLoan';
import { ExtensionEntity } from './extension.entity';
import { refusal, type LoanFacts } from './loanRules';
import { readLoanFacts } from './loans.reads';
import { readOwnDays } from './requestLoan.reads';
import { UndoStepEntity, type UndoStepRow } from './undoStep.entity';

/**
 * Takes back the last step of a loan: status, days and times are as before. Requests and extensions that
 * the step declined are open again, unless they no longer fit. Unread notifications of the step disappear;
 * users who have read one are notified.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict where it is too late or something has followed
 */
export const undoLoanStep = (
  em: EntityManager,
  viewerId: string,
  loanId: string,
): Promise<string> =>
  changeLoan(em, viewerId, 'UNDO', loanId, async (em, loan) => {
    const steps = await em.find(
      UndoStepEntity,
      { stepLoan: loan.id },
      { orderBy: { loan: 'asc' } },
    );
    const own = steps.find((step) => step.loan.id === loan.id);
    // Never missing here: the rules have checked it.
    if (!own) return;
    if (own.itemStatus)
      await em.nativeUpdate(
        ItemEntity,
        { id: loan.itemId },
        { status: own.itemStatus, retiredReason: null, updatedAt: new Date() },
      );
    await restore(em, loan, own);
    for (const step of steps.filter((one) => one !== own))
      await restoreIfPossible(em, loan.ownerId, step);
    await em.nativeDelete(UndoStepEntity, { stepLoan: loan.id });
    const told = await takeBackNotifications(em, {
      loanIds: steps.map((step) => step.loan.id),
      since: own.createdAt,
    });
    for (const { recipientId, loanId } of told)
      await notify(em, {
        kind: 'STEP_UNDONE',
        recipientId,
        actorId: viewerId,
        loanId,
        neighborhoodId: loan.neighborhoodId,
      });
  });

/** Sets a loan back to the record of a step. */
async function restore(
  em: EntityManager,
  loan: LoanFacts,
  { status, dueDate, extensionId, firstDay, lastDay }: UndoStepRow,
): Promise<void> {
  const isPending = (PENDING_LOAN_STATUSES as readonly string[]).includes(
    status,
  );
  await updateLoan(em, loan, {
    status,
    dueDate,
    agreement: null,
    returnedAt: null,
    returnedOn: null,
    // The reason of a dispute stays until it is settled.
    ...(status !== 'DISPUTED' && { reason: null }),
    ...(isPending && { handedOverAt: null }),
  });
  await freeDays(em, loan.id);
  if (isPromised(status) && firstDay && lastDay)
    await bookDays(em, loan, firstDay, lastDay);
  if (extensionId)
    await em.nativeUpdate(
      ExtensionEntity,
      { id: extensionId },
      { status: 'REQUESTED', reason: null, answeredAt: null },
    );
}

/**
 * Sets another loan back that the step changed, if the owner could still approve it. It stays as it is where
 * it has changed since, its days are taken, or its borrower has asked for them again.
 */
async function restoreIfPossible(
  em: EntityManager,
  ownerId: string,
  step: UndoStepRow,
): Promise<void> {
  const loan = await readLoanFacts(readsOf(em), ownerId, step.loan.id);
  if (loan?.version !== step.version) return;
  const isOver = loan.status !== step.status;
  const extensionId = step.extensionId ?? null;
  const extension = extensionId
    ? await em.findOne(ExtensionEntity, { id: extensionId })
    : null;
  const refused = isOver
    ? refusal({ ...loan, status: 'REQUESTED' }, 'APPROVE', new Date())
    : refusal(
        { ...loan, extensionId, newDueDate: extension?.newDueDate ?? null },
        'APPROVE_EXTENSION',
        new Date(),
      );
  if (refused) return;
  const { borrowerId } = loan;
  const own = isOver ? await readOwnDays(readsOf(em), borrowerId, loan) : [];
  if (own.length === 0) await restore(em, loan, step);
}
