import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { decideWithin } from '../neighborhoods/memberships';
import { cancelPendingLoans, loansOfMember } from './cancelPendingLoans';

/**
 * Suspends or bans a member. Pending loans are cancelled; loans already handed over go on.
 * @returns the membership's id
 * @throws UserErrors as `decideWithin` does
 */
export function suspendOrBan(
  em: EntityManager,
  stewardId: string,
  membershipId: string,
  decision: 'SUSPEND' | 'BAN',
): Promise<string> {
  return inTransaction(em, async (em) => {
    const membership = await decideWithin(
      em,
      stewardId,
      membershipId,
      decision,
    );
    await cancelPendingLoans(
      em,
      loansOfMember(membership),
      membership.user.id,
      'Can start nothing new here for now',
    );
    return membership.id;
  });
}
