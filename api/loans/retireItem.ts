import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import type { RetiredReason } from '../items/item.entity';
import { assertNotRetired, lockOwnItem } from '../items/items';
import { cancelPendingLoans } from './cancelPendingLoans';
import { LoanEntity } from './loan.entity';
import type { SystemReason } from './systemReasons';
import { PROMISED_LOAN_STATUSES } from '../loanStatus';

/** Reasons of the declined requests, which their borrowers read. */
export const RETIRED_REASONS: Record<RetiredReason, SystemReason> = {
  LOST: 'The item is lost',
  BROKEN: 'The item is broken',
  GIVEN_AWAY: 'The item was given away',
};

/**
 * Retires an item for good and declines its open requests. It belongs to loans, not items, as it
 * changes loans too. Suspended owners may do it as well.
 * @returns the item's id
 * @throws UserErrors NOT_FOUND; NOT_ALLOWED where it is retired already; CONFLICT while it is
 * promised or lent
 */
export function retireItem(
  em: EntityManager,
  ownerId: string,
  { id, reason }: { id: string; reason: RetiredReason },
): Promise<string> {
  return inTransaction(em, async (em) => {
    const item = await lockOwnItem(em, ownerId, id);
    assertNotRetired(item);
    const promised = await em.count(LoanEntity, {
      item,
      status: { $in: PROMISED_LOAN_STATUSES },
    });
    if (promised > 0)
      throw new UserErrors({
        code: 'CONFLICT',
        message: text('loans.promisedOrLent'),
        field: ['itemId'],
      });
    await cancelPendingLoans(
      em,
      { item: item.id },
      ownerId,
      RETIRED_REASONS[reason],
    );
    item.status = 'RETIRED';
    item.retiredReason = reason;
    item.updatedAt = new Date();
    return item.id;
  });
}
