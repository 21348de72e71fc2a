import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { ItemEntity } from '../items/item.entity';
import {
  isLastSteward,
  lastStewardError,
  lockMembership,
} from '../neighborhoods/memberships';
import { cancelPendingLoans, loansOfMember } from './cancelPendingLoans';
import { LoanEntity } from './loan.entity';
import { HELD_LOAN_STATUSES } from '../loanStatus';

/**
 * Leaves a neighborhood, or withdraws the request to join it. Pending loans are cancelled, and the
 * leaver's items there are retired.
 * @returns the membership's id
 * @throws UserErrors NOT_FOUND for non-members; NOT_ALLOWED for the last steward, for suspended
 * members, and while an item of theirs is lent or they have one borrowed there
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
        message: 'You are not a member of a neighborhood with this id',
        field: ['neighborhoodId'],
      });
    if (own.status === 'SUSPENDED')
      throw notAllowed('You cannot leave while you are suspended there');
    if (await isLastSteward(em, own)) throw lastStewardError();
    const updatedAt = new Date();
    Object.assign(own, { status: 'ENDED', role: 'MEMBER', updatedAt });
    await em.flush();
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
      throw notAllowed(
        'Before you leave, return what you borrowed and get back what you lent',
      );
    return own.id;
  });
}

const notAllowed = (message: string) =>
  new UserErrors({ code: 'NOT_ALLOWED', message, field: ['neighborhoodId'] });
