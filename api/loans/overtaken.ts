import type { EntityManager } from '../database/orm';
import { readsOf } from '../database/reads';
import { notify } from '../notifications/notifications';
import { LoanConflict, moveLoan, updateLoan } from './changeLoan';
import { ExtensionEntity } from './extension.entity';
import { hasLostDays, type LoanFacts } from './loanRules';
import type { SystemReason } from './systemReasons';
import { recordSideEffects } from './undoSteps';
import { readWaitingLoans, type WaitingLoan } from './overtaken.reads';

/** Reason of requests and extensions whose days another borrower was promised. */
const OVERTAKEN_REASON: SystemReason =
  'These days were given to another neighbor';

/**
 * Declines the open requests and extensions of an item that no longer fit because a loan has booked
 * some of their days, and notifies their borrowers. Call it in the transaction of the booking, after
 * an exclusive lock on the item, so that no request for these days can be added meanwhile.
 * @param loan the loan that has booked days
 */
export async function declineOvertaken(
  em: EntityManager,
  loan: Pick<LoanFacts, 'id' | 'itemId'>,
): Promise<void> {
  const waiting = await readWaitingLoans(readsOf(em), loan);
  const overtaken = waiting.filter(hasLostDays);
  await recordSideEffects(em, overtaken, loan.id);
  for (const each of overtaken) {
    if (!(await declineUnlessChanged(em, each))) continue;
    // Users who have blocked each other do not see each other's requests.
    if (each.status !== 'REQUESTED' || !each.blocked)
      await notify(em, {
        kind: 'DAYS_TAKEN',
        recipientId: each.borrowerId,
        actorId: null,
        loanId: each.id,
        neighborhoodId: each.neighborhoodId,
      });
  }
}

/** @returns false where one of its parties has changed the loan meanwhile */
async function declineUnlessChanged(
  em: EntityManager,
  loan: WaitingLoan,
): Promise<boolean> {
  try {
    if (loan.status === 'REQUESTED')
      await moveLoan(em, loan, 'DECLINED', { reason: OVERTAKEN_REASON });
    else await declineExtension(em, loan);
    return true;
  } catch (error) {
    if (error instanceof LoanConflict) return false;
    throw error;
  }
}

async function declineExtension(
  em: EntityManager,
  loan: WaitingLoan,
): Promise<void> {
  await updateLoan(em, loan, {});
  await em.nativeUpdate(
    ExtensionEntity,
    { loan: loan.id, status: 'REQUESTED' },
    { status: 'DECLINED', reason: OVERTAKEN_REASON, answeredAt: new Date() },
  );
}
