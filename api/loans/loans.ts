import { addDays, dayIn } from '../calendar';
import type { EntityManager } from '../database/orm';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import { bookDays } from './bookedDays';
import { changeLoan, moveLoan, notifyParties, updateLoan } from './changeLoan';
import { notifyNextBorrower } from './lateReturns';
import type { LoanFacts } from './loanRules';
import { declineOvertaken } from './overtaken';

/** Approves a request within the transaction of `changeLoan`, for the viewer of its facts. */
export async function approve(
  em: EntityManager,
  loan: LoanFacts,
): Promise<void> {
  await moveLoan(em, loan, 'APPROVED');
  await bookDays(em, loan, loan.startDate, loan.dueDate);
  await notifyParties(em, 'LOAN_APPROVED', loan, loan.viewerId);
  await declineOvertaken(em, loan);
}

/** Declines a request within the transaction of `changeLoan`, for the viewer of its facts. */
export async function decline(
  em: EntityManager,
  loan: LoanFacts,
  reason: string | null = null,
): Promise<void> {
  await moveLoan(em, loan, 'DECLINED', { reason });
  await notifyParties(em, 'LOAN_DECLINED', loan, loan.viewerId);
}

/**
 * Approves a request and books its days in the same transaction, which also declines the requests and
 * extensions that these days no longer allow. If a day is already booked, nothing changes.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict
 */
export const approveLoan = (
  em: EntityManager,
  viewerId: string,
  loanId: string,
): Promise<string> => changeLoan(em, viewerId, 'APPROVE', loanId, approve);

/**
 * Declines a request.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict
 */
export const declineLoan = (
  em: EntityManager,
  viewerId: string,
  input: { loanId: string; reason?: string | null },
): Promise<string> =>
  changeLoan(em, viewerId, 'DECLINE', input.loanId, (em, loan) =>
    decline(em, loan, reasonOf(input).reason),
  );

/**
 * Cancels a request or an approved loan, and frees its days.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; INVALID where the owner gives no reason; LoanConflict
 */
export const cancelLoan = (
  em: EntityManager,
  viewerId: string,
  input: { loanId: string; reason?: string | null },
): Promise<string> =>
  changeLoan(em, viewerId, 'CANCEL', input.loanId, async (em, loan) => {
    if (viewerId === loan.ownerId && !input.reason)
      throw new UserErrors({
        code: 'INVALID',
        message: text('loans.reasonMissing'),
        field: ['reason'],
      });
    await moveLoan(em, loan, 'CANCELLED', reasonOf(input));
    const takesBack =
      loan.status === 'REQUESTED' ? 'LOAN_REQUESTED' : undefined;
    await notifyParties(em, 'LOAN_CANCELLED', loan, viewerId, takesBack);
  });

/**
 * Records that the borrower has the item from now on. Before the first day, the days until then are
 * booked too.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict, also where another borrower still has it or
 * has booked one of the days
 */
export const handOverLoan = (
  em: EntityManager,
  viewerId: string,
  loanId: string,
): Promise<string> =>
  changeLoan(em, viewerId, 'HAND_OVER', loanId, async (em, loan) => {
    const now = new Date();
    await moveLoan(em, loan, 'ON_LOAN', { handedOverAt: now });
    const today = dayIn(loan.timeZone, now);
    await bookDays(em, loan, today, addDays(loan.startDate, -1));
    await declineOvertaken(em, loan);
    await notifyParties(em, 'LOAN_HANDED_OVER', loan, viewerId);
  });

/**
 * Records, for the borrower, that the item was returned.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict
 */
export const claimReturn = (
  em: EntityManager,
  viewerId: string,
  loanId: string,
): Promise<string> =>
  changeLoan(em, viewerId, 'CLAIM_RETURN', loanId, async (em, loan) => {
    await moveLoan(em, loan, 'RETURN_CLAIMED');
    await notifyParties(em, 'RETURN_CLAIMED', loan, viewerId);
  });

/**
 * Confirms, for the owner, that the item was returned, and frees the remaining days.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict
 */
export const confirmReturn = (
  em: EntityManager,
  viewerId: string,
  loanId: string,
): Promise<string> =>
  changeLoan(em, viewerId, 'CONFIRM_RETURN', loanId, async (em, loan) => {
    await moveLoan(em, loan, 'RETURNED');
    await notifyParties(em, 'LOAN_RETURNED', loan, viewerId);
    await notifyNextBorrower(em, loan);
  });

/**
 * Asks the borrower, for the owner, to bring an overdue item back: once a day at most.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict, also where it is not overdue or a reminder was
 * sent within the last day
 */
export const remindBorrower = (
  em: EntityManager,
  viewerId: string,
  loanId: string,
): Promise<string> =>
  changeLoan(em, viewerId, 'REMIND', loanId, async (em, loan) => {
    await updateLoan(em, loan, { remindedAt: new Date() });
    await notifyParties(em, 'RETURN_REMINDER', loan, viewerId);
  });

/** Returns the reason as stored: null for none or an empty text. */
const reasonOf = ({ reason }: { reason?: string | null }) => ({
  reason: reason === '' ? null : (reason ?? null),
});
