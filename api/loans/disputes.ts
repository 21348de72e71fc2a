import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '../database/orm';
import { ItemEntity } from '../items/item.entity';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import { notify } from '../notifications/notifications';
import { cancelPendingLoans } from './cancelPendingLoans';
import { changeLoan, moveLoan, notifyParties } from './changeLoan';
import { RETIRED_REASONS } from './retireItem';

/**
 * Opens a dispute. The other side and the stewards are notified.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict
 */
export const disputeLoan = (
  em: EntityManager,
  viewerId: string,
  { loanId, reason }: { loanId: string; reason: string },
): Promise<string> =>
  changeLoan(em, viewerId, 'DISPUTE', loanId, async (em, loan) => {
    await moveLoan(em, loan, 'DISPUTED', { reason });
    notifyParties(em, 'LOAN_DISPUTED', loan, viewerId);
    const stewards = await em.find(MembershipEntity, {
      neighborhood: loan.neighborhoodId,
      role: 'STEWARD',
      status: 'ACTIVE',
      user: { $nin: [loan.borrowerId, loan.ownerId] },
    });
    for (const { user } of stewards)
      notify(em, {
        kind: 'LOAN_DISPUTED',
        recipientId: user.id,
        actorId: viewerId,
        loanId: loan.id,
        neighborhoodId: loan.neighborhoodId,
      });
  });

/**
 * Settles a dispute, for the owner or a steward who is neither side. A lost item is retired, and its
 * pending loans are cancelled.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; LoanConflict
 */
export const settleDispute = (
  em: EntityManager,
  viewerId: string,
  { loanId, outcome }: { loanId: string; outcome: 'RETURNED' | 'LOST' },
): Promise<string> =>
  changeLoan(em, viewerId, 'SETTLE_DISPUTE', loanId, async (em, loan) => {
    if (outcome === 'RETURNED') {
      await moveLoan(em, loan, 'RETURNED');
      notifyParties(em, 'LOAN_RETURNED', loan, viewerId);
    } else {
      await retireLost(em, loan.itemId, viewerId);
      await moveLoan(em, loan, 'LOST');
      notifyParties(em, 'LOAN_LOST', loan, viewerId);
    }
  });

/** Retires a lost item. The lock keeps new requests and approvals from slipping in. */
async function retireLost(
  em: EntityManager,
  itemId: string,
  viewerId: string,
): Promise<void> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const item = await em.findOneOrFail(ItemEntity, itemId, { lockMode });
  item.status = 'RETIRED';
  item.retiredReason = 'LOST';
  item.updatedAt = new Date();
  await cancelPendingLoans(
    em,
    { item: itemId },
    viewerId,
    RETIRED_REASONS.LOST,
  );
}
