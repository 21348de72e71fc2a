import { dayIn } from '../calendar';
import type { EntityManager } from '../database/orm';
import { readsOf } from '../database/reads';
import { inTransaction } from '../database/transaction';
import { notify } from '../notifications/notifications';
import { notifyParties } from './changeLoan';
import { readWaitingForReturn } from './lateReturns.reads';
import { LoanEntity } from './loan.entity';
import type { LoanFacts } from './loanRules';

/** The time zone in which a day begins first. */
const EARLIEST_ZONE = 'Pacific/Kiritimati';

/**
 * Notifies the owner and the next borrower of items that are not back on the first day of an approved
 * loan: once for each loan, also where several servers run it.
 */
export async function notifyLateReturns(em: EntityManager): Promise<void> {
  const now = new Date();
  const waiting = await readWaitingForReturn(
    readsOf(em),
    dayIn(EARLIEST_ZONE, now),
  );
  for (const loan of waiting)
    if (loan.startDate <= dayIn(loan.timeZone, now))
      await inTransaction(em, async (em) => {
        const isFirst = await em.nativeUpdate(
          LoanEntity,
          { id: loan.id, status: 'APPROVED', lateNotifiedAt: null },
          { lateNotifiedAt: now },
        );
        if (isFirst) await notifyParties(em, 'ITEM_NOT_BACK', loan, null);
      });
}

/**
 * Notifies the borrower who was told that the item is not back, once it is. Call it in the transaction
 * of the return.
 */
export async function notifyNextBorrower(
  em: EntityManager,
  { itemId, ownerId }: Pick<LoanFacts, 'itemId' | 'ownerId'>,
): Promise<void> {
  const next = await em.findOne(
    LoanEntity,
    { item: itemId, status: 'APPROVED', lateNotifiedAt: { $ne: null } },
    { orderBy: { startDate: 'asc' } },
  );
  if (!next) return;
  await em.nativeUpdate(LoanEntity, { id: next.id }, { lateNotifiedAt: null });
  await notify(em, {
    kind: 'ITEM_BACK',
    recipientId: next.borrower.id,
    actorId: ownerId,
    loanId: next.id,
    neighborhoodId: next.neighborhood.id,
  });
}
