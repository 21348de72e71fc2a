import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '../database/orm';
import { ItemEntity } from '../items/item.entity';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import type { NotificationKind } from '../notifications/notification.entity';
import { notify } from '../notifications/notifications';
import { cancelPendingLoans } from './cancelPendingLoans';
import { changeLoan, moveLoan, notifyParties } from './changeLoan';
import type { DisputeOutcome } from './loan.entity';
import type { LoanFacts } from './loanRules';
import { notifyNextBorrower } from './lateReturns';
import { RETIRED_REASONS } from './retireItem';
import { recordItemStatus } from './undoSteps';

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
    await notifyParties(em, 'LOAN_DISPUTED', loan, viewerId);
    const stewards = await em.find(MembershipEntity, {
      neighborhood: loan.neighborhoodId,
      role: 'STEWARD',
      status: 'ACTIVE',
      user: { $nin: [loan.borrowerId, loan.ownerId] },
    });
    for (const { user } of stewards)
      await notify(em, {
        kind: 'LOAN_DISPUTED',
        recipientId: user.id,
        actorId: viewerId,
        loanId: loan.id,
        neighborhoodId: loan.neighborhoodId,
        isStewardsWork: true,
      });
  });

/** How a dispute ended, and what the two sides agreed on. */
export type Settlement = {
  loanId: string;
  outcome: DisputeOutcome;
  agreement?: string | null;
};

/**
 * Settles a dispute, for the owner or a steward who is neither side. A damaged item stays as it is. A lost
 * one is retired, and its pending loans are cancelled.
 * @returns the loan's id
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; INVALID where damage is settled without an agreement;
 * LoanConflict
 */
export const settleDispute = (
  em: EntityManager,
  viewerId: string,
  { loanId, outcome, agreement }: Settlement,
): Promise<string> =>
  changeLoan(em, viewerId, 'SETTLE_DISPUTE', loanId, async (em, loan) => {
    if (outcome === 'DAMAGED' && !agreement)
      throw new UserErrors({
        code: 'INVALID',
        message: text('loans.agreementMissing'),
        field: ['agreement'],
      });
    const settled = { agreement: agreement === '' ? null : agreement };
    if (outcome === 'LOST') {
      await retireLost(em, loan, viewerId);
      await moveLoan(em, loan, 'LOST', settled);
    } else {
      await moveLoan(em, loan, outcome, settled);
      await notifyNextBorrower(em, loan);
    }
    await notifyParties(em, SETTLED[outcome], loan, viewerId);
  });

/** Notification of each outcome. */
const SETTLED = {
  RETURNED: 'LOAN_RETURNED',
  DAMAGED: 'LOAN_DAMAGED',
  LOST: 'LOAN_LOST',
} as const satisfies Record<DisputeOutcome, NotificationKind>;

/** Retires a lost item. The lock keeps new requests and approvals from slipping in. */
async function retireLost(
  em: EntityManager,
  { id, itemId }: LoanFacts,
  viewerId: string,
): Promise<void> {
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  const item = await em.findOneOrFail(ItemEntity, itemId, { lockMode });
  await recordItemStatus(em, id, item.status);
  item.status = 'RETIRED';
  item.retiredReason = 'LOST';
  item.updatedAt = new Date();
  await cancelPendingLoans(
    em,
    { item: itemId },
    viewerId,
    RETIRED_REASONS.LOST,
    id,
  );
}
