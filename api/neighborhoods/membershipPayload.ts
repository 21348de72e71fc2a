import type { Context } from '../context';
import type { Membership, MembershipRow } from './membership.entity';

/** A membership that a verb changed, as clients read it. */
export function membershipPayload(
  row: MembershipRow,
  { loaders }: Pick<Context, 'loaders'>,
): { membership: Membership; errors: [] } {
  // Who belongs where decides over most of what may be read: what this request knows is old.
  for (const loader of Object.values(loaders)) loader.clearAll();
  const membership = {
    ...row,
    userId: row.user.id,
    neighborhoodId: row.neighborhood.id,
  };
  return { membership, errors: [] };
}
