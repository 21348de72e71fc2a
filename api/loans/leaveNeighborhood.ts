import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { text, type Text } from '../language/text';
import { ItemEntity } from '../items/item.entity';
import { changeMembership } from '../neighborhoods/changeMembership';
import { closeNeighborhood } from '../neighborhoods/closeNeighborhood';
import { lockMembership } from '../neighborhoods/memberships';
import { passOnStewardship } from '../neighborhoods/succession';
import { withdrawRequest } from '../neighborhoods/joinNeighborhood';
import { cancelPendingLoans, loansOfMember } from './cancelPendingLoans';
import { LoanEntity } from './loan.entity';
import { HELD_LOAN_STATUSES } from '../loanStatus';

/**
 * Leaves a neighborhood, or withdraws the request to join it. Pending loans are cancelled, and the
 * leaver's items there are retired.
 * @returns the membership's id
 * @throws UserErrors NOT_FOUND for non-members; NOT_ALLOWED for the last steward, except
 * as `passOnStewardship` says, for suspended members, and while an item of theirs is lent or they have one borrowed there
 */
export function leaveNeighborhood(
  em: EntityManager,
  userId: string,
  neighborhoodId: string,
): Promise<string> {
  return inTransaction(em, async (em) => {
    const id = neighborhoodId.toLowerCase();
    const own = isUuid(id) ? await lockMembership(em, userId, id) : null;
    if (!own || own.status === 'BANNED' || own.status === 'ENDED')
      throw new UserErrors({
        code: 'NOT_FOUND',
        message: text('neighborhoods.notMember'),
        field: ['neighborhoodId'],
      });
    if (own.status === 'SUSPENDED')
      throw notAllowed(text('loans.cannotLeaveSuspended'));
    const remaining = await passOnStewardship(em, own);
    if (own.status === 'PENDING') await withdrawRequest(em, userId, id);
    const updatedAt = new Date();
    await changeMembership(em, own, { status: 'ENDED', role: 'MEMBER' });
    if (remaining === 'ALONE')
      await closeNeighborhood(em, own.neighborhood.getEntity(), userId);
    await em.nativeUpdate(
      ItemEntity,
      { owner: userId, neighborhood: id, status: { $ne: 'RETIRED' } },
      { status: 'RETIRED', updatedAt },
    );
    // The membership has ended, so no new loan can start meanwhile.
    await cancelPendingLoans(
      em,
      loansOfMember(own),
      userId,
      'Has left the neighborhood',
    );
    if (
      await em.count(LoanEntity, {
        ...loansOfMember(own),
        status: { $in: HELD_LOAN_STATUSES },
      })
    )
      throw notAllowed(text('loans.returnBeforeLeaving'));
    return own.id;
  });
}

const notAllowed = (message: Text) =>
  new UserErrors({ code: 'NOT_ALLOWED', message, field: ['neighborhoodId'] });
