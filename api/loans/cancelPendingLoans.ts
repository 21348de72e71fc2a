import { LockMode, type FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '../database/orm';
import { notify } from '../notifications/notifications';
import { freeDays } from './bookedDays';
import { LoanEntity, type LoanRow } from './loan.entity';
import { PENDING_LOAN_STATUSES } from './loanStatus';

/**
 * Ends everything among these loans that was asked for or promised and not handed over yet, and
 * tells the sides that did not do it. To be called within a transaction that keeps new ones from
 * beginning.
 * @param actorId who does it; whoever is not the borrower does it for the owner
 * @param reason what the other side reads; null where there is none
 */
export async function cancelPendingLoans(
  em: EntityManager,
  which: FilterQuery<LoanRow>,
  actorId: string,
  reason: string | null,
): Promise<void> {
  const loans = await em.find(
    LoanEntity,
    { $and: [which, { status: { $in: PENDING_LOAN_STATUSES } }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
  for (const loan of loans) {
    const isBorrower = loan.borrower.id === actorId;
    const isDeclined = loan.status === 'REQUESTED' && !isBorrower;
    loan.status = isDeclined ? 'DECLINED' : 'CANCELLED';
    loan.reason = reason;
    loan.version += 1;
    loan.updatedAt = new Date();
    await freeDays(em, loan.id);
    notify(em, {
      kind: isDeclined ? 'LOAN_DECLINED' : 'LOAN_CANCELLED',
      recipientId: isBorrower ? loan.owner.id : loan.borrower.id,
      actorId,
      loanId: loan.id,
      neighborhoodId: loan.neighborhood.id,
    });
  }
  await em.flush();
}
