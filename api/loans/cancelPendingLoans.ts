import { LockMode, type FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '../database/orm';
import type { MembershipRow } from '../neighborhoods/membership.entity';
import { notify } from '../notifications/notifications';
import { freeDays } from './bookedDays';
import { LoanEntity, type LoanRow } from './loan.entity';
import { PENDING_LOAN_STATUSES } from '../loanStatus';
import type { SystemReason } from './systemReasons';
import { recordSideEffects } from './undoSteps';

/**
 * Cancels those of the given loans that were not handed over yet, and declines those that the owner has
 * not answered. Notifies the other party of each. Call it within a transaction that keeps new loans
 * from starting.
 * @param actorId the user who causes it; all users except the borrower act for the owner
 * @param reason shown to the other party
 * @param stepLoanId the loan on whose step it depends, which can be undone; none by default
 */
export async function cancelPendingLoans(
  em: EntityManager,
  which: FilterQuery<LoanRow>,
  actorId: string,
  reason: SystemReason,
  stepLoanId?: string,
): Promise<void> {
  const loans = await em.find(
    LoanEntity,
    { $and: [which, { status: { $in: PENDING_LOAN_STATUSES } }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
  if (stepLoanId)
    await recordSideEffects(
      em,
      loans.map((loan) => ({ ...loan, extensionId: null })),
      stepLoanId,
    );
  for (const loan of loans) {
    const isBorrower = loan.borrower.id === actorId;
    const isRequest = loan.status === 'REQUESTED';
    const isDeclined = isRequest && !isBorrower;
    loan.status = isDeclined ? 'DECLINED' : 'CANCELLED';
    loan.reason = reason;
    loan.version += 1;
    loan.updatedAt = new Date();
    await freeDays(em, loan.id);
    await notify(em, {
      kind: isDeclined ? 'LOAN_DECLINED' : 'LOAN_CANCELLED',
      recipientId: isBorrower ? loan.owner.id : loan.borrower.id,
      actorId,
      loanId: loan.id,
      neighborhoodId: loan.neighborhood.id,
      takesBack: isRequest && isBorrower ? 'LOAN_REQUESTED' : undefined,
    });
  }
  await em.flush();
}

/** Makes the filter for a member's loans in their neighborhood, on either side. */
export const loansOfMember = ({
  user,
  neighborhood,
}: MembershipRow): {
  neighborhood: string;
  $or: ({ borrower: string } | { owner: string })[];
} => ({
  neighborhood: neighborhood.id,
  $or: [{ borrower: user.id }, { owner: user.id }],
});
