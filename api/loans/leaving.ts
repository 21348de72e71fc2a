import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { UserErrors } from '../errors';
import { ItemEntity } from '../items/item.entity';
import type { MembershipRow } from '../neighborhoods/membership.entity';
import {
  decideWithin,
  isLastSteward,
  lastStewardError,
  lockMembership,
} from '../neighborhoods/memberships';
import { cancelPendingLoans } from './cancelPendingLoans';
import { LoanEntity } from './loan.entity';
import { HELD_LOAN_STATUSES } from './loanStatus';

/**
 * Leaves a neighborhood, or takes back the wish to join it. What was not handed over yet is
 * called off, and one's items there are retired.
 * @throws UserErrors NOT_FOUND where one does not belong to it; NOT_ALLOWED for the last steward,
 * for whoever is suspended, and while one holds or lends something there
 */
export function leaveNeighborhood(
  em: EntityManager,
  userId: string,
  neighborhoodId: string,
): Promise<MembershipRow> {
  return inTransaction(em, async (em) => {
    const id = neighborhoodId.toLowerCase();
    const own = isUuid(id) ? await lockMembership(em, userId, id) : null;
    if (!own || own.status === 'BANNED' || own.status === 'ENDED')
      throw new UserErrors({
        code: 'NOT_FOUND',
        message: 'You do not belong to such a neighborhood',
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
    // Nothing new can begin from here on, so nothing is overlooked.
    await cancelPendingLoans(
      em,
      loansOf(own),
      userId,
      'Has left the neighborhood',
    );
    if (
      await em.count(LoanEntity, {
        ...loansOf(own),
        status: { $in: HELD_LOAN_STATUSES },
      })
    )
      throw notAllowed('First bring back, and get back, what is lent');
    return own;
  });
}

/**
 * Suspends or bans somebody: what was not handed over yet is called off, loans under way go on.
 * @throws UserErrors as `decide` does
 */
export function suspendOrBan(
  em: EntityManager,
  stewardId: string,
  membershipId: string,
  decision: 'SUSPEND' | 'BAN',
): Promise<MembershipRow> {
  return inTransaction(em, async (em) => {
    const membership = await decideWithin(
      em,
      stewardId,
      membershipId,
      decision,
    );
    await cancelPendingLoans(
      em,
      loansOf(membership),
      membership.user.id,
      'Can start nothing new here for now',
    );
    return membership;
  });
}

const loansOf = ({ user, neighborhood }: MembershipRow) => ({
  neighborhood: neighborhood.id,
  $or: [{ borrower: user.id }, { owner: user.id }],
});

const notAllowed = (message: string) =>
  new UserErrors({ code: 'NOT_ALLOWED', message, field: ['neighborhoodId'] });
