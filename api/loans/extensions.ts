import { validate as isUuid } from 'uuid';
import { addDays, type Day } from '../calendar';
import type { EntityManager } from '../database/orm';
import { UserErrors } from '../errors';
import { dayText, text } from '../language/text';
import { withdrawDueNotices } from '../notifications/notifications';
import { bookDays } from './bookedDays';
import {
  changeLoan,
  LoanConflict,
  notifyParties,
  updateLoan,
} from './changeLoan';
import { ExtensionEntity, type ExtensionStatus } from './extension.entity';
import { LoanEntity, type LoanAction } from './loan.entity';
import { declineOvertaken } from './overtaken';
import { isFreeAfterDue, NOT_FREE_MESSAGE, type LoanFacts } from './loanRules';
import { firstNewDueDate } from './overdue';

/** A loan and the requested new due date. */
export type ExtensionRequest = {
  loanId: string;
  newDueDate: Day;
  note?: string | null;
};

/**
 * Requests an extension, also of an overdue loan. It books nothing.
 * @param request a valid calendar day
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; INVALID; LoanConflict, also where the item is not free
 */
export const requestExtension = (
  em: EntityManager,
  viewerId: string,
  { loanId, newDueDate, note }: ExtensionRequest,
): Promise<string> =>
  changeLoan(em, viewerId, 'REQUEST_EXTENSION', loanId, async (em, loan) => {
    assertNewDueDate(loan, newDueDate);
    if (!isFreeAfterDue(loan, newDueDate))
      throw new LoanConflict(loan.id, NOT_FREE_MESSAGE);
    await updateLoan(em, loan, {});
    em.create(ExtensionEntity, {
      loan: em.getReference(LoanEntity, loan.id),
      newDueDate,
      note: note ?? '',
      status: 'REQUESTED',
    });
    await notifyParties(em, 'EXTENSION_REQUESTED', loan, viewerId);
  });

function assertNewDueDate(loan: LoanFacts, newDueDate: Day): void {
  const { maxLoanDays } = loan;
  const first = firstNewDueDate(loan, new Date());
  const last = addDays(first, maxLoanDays - 1);
  if (newDueDate >= first && newDueDate <= last) return;
  throw new UserErrors({
    code: 'INVALID',
    message: text('loans.newDueDateBetween', {
      first: dayText(first),
      last: dayText(last),
    }),
    field: ['newDueDate'],
  });
}

/** Approves an extension within the transaction of `changeLoan`, for the viewer of its facts. */
export async function extend(
  em: EntityManager,
  loan: LoanFacts,
): Promise<void> {
  const { extensionId, newDueDate } = loan;
  // Never null here: the rules have checked it.
  if (!extensionId || !newDueDate) return;
  await updateLoan(em, loan, { dueDate: newDueDate });
  await bookDays(em, loan, addDays(loan.dueDate, 1), newDueDate);
  await closeExtension(em, extensionId, 'APPROVED');
  await withdrawDueNotices(em, loan);
  await notifyParties(em, 'EXTENSION_APPROVED', loan, loan.viewerId);
  await declineOvertaken(em, loan);
}

/** Declines an extension within the transaction of `changeLoan`, for the viewer of its facts. */
export async function refuseToExtend(
  em: EntityManager,
  loan: LoanFacts,
): Promise<void> {
  // Never null here, as above.
  if (!loan.extensionId) return;
  await updateLoan(em, loan, {});
  await closeExtension(em, loan.extensionId, 'DECLINED');
  await notifyParties(em, 'EXTENSION_DECLINED', loan, loan.viewerId);
}

/**
 * Lets the borrower keep the item longer. The same transaction books the days, and declines the requests
 * that they no longer allow.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict
 */
export const approveExtension = (
  em: EntityManager,
  viewerId: string,
  extensionId: string,
): Promise<string> =>
  changeExtension(em, viewerId, 'APPROVE_EXTENSION', extensionId, extend);

/**
 * Declines the extension.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict
 */
export const declineExtension = (
  em: EntityManager,
  viewerId: string,
  extensionId: string,
): Promise<string> =>
  changeExtension(
    em,
    viewerId,
    'DECLINE_EXTENSION',
    extensionId,
    refuseToExtend,
  );

/**
 * Withdraws the extension request.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict
 */
export const cancelExtension = (
  em: EntityManager,
  viewerId: string,
  extensionId: string,
): Promise<string> =>
  changeExtension(
    em,
    viewerId,
    'CANCEL_EXTENSION',
    extensionId,
    async (em, loan) => {
      await updateLoan(em, loan, {});
      await closeExtension(em, extensionId, 'CANCELLED');
      await notifyParties(
        em,
        'EXTENSION_CANCELLED',
        loan,
        viewerId,
        'EXTENSION_REQUESTED',
      );
    },
  );

/** Runs an action on the open extension of a loan; any other extension is a conflict. */
async function changeExtension(
  em: EntityManager,
  viewerId: string,
  action: LoanAction,
  extensionId: string,
  work: (em: EntityManager, loan: LoanFacts) => Promise<void>,
): Promise<string> {
  const id = extensionId.toLowerCase();
  const extension = isUuid(id)
    ? await em.findOne(ExtensionEntity, { id })
    : null;
  if (!extension) throw extensionNotFound();
  const loanId = extension.loan.id;
  return changeLoan(
    em,
    viewerId,
    action,
    loanId,
    async (em, loan) => {
      if (loan.extensionId !== id) throw new LoanConflict(loanId);
      await work(em, loan);
    },
    extensionNotFound,
  );
}

const extensionNotFound = () =>
  new UserErrors({
    code: 'NOT_FOUND',
    message: text('loans.extensionNotFound'),
    field: ['extensionId'],
  });

async function closeExtension(
  em: EntityManager,
  id: string,
  status: ExtensionStatus,
): Promise<void> {
  await em.nativeUpdate(
    ExtensionEntity,
    { id: id.toLowerCase() },
    { status, answeredAt: new Date() },
  );
}
