import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { existsByLookup, sql } from '../database/sql';
import { InviteEntity, type Invite } from './invite.entity';
import type { Neighborhood } from './neighborhood.entity';
import { readInvitingNeighborhood } from './neighborhoods.reads';

/** Columns of an `Invite` out of `invites i`. */
const columns = columnsOf(InviteEntity, 'i', {
  only: [
    'id',
    'neighborhoodId',
    'createdById',
    'expiresAt',
    'maxUses',
    'uses',
    'createdAt',
  ],
});
type InviteRow = RowOf<typeof columns>;

/** Condition: the invite `i` can still be used. */
const works = () =>
  sql`i.revoked_at is null and i.uses < i.max_uses and i.expires_at > ${new Date()}`;

/** Condition: the viewer is a steward of the neighborhood of the invite `i`. */
const stewardedBy = (viewerId: string) =>
  existsByLookup(
    sql`from memberships as mine where mine.neighborhood_id = i.neighborhood_id
    and mine.user_id = ${viewerId} and mine.status = 'ACTIVE' and mine.role = 'STEWARD'`,
  );

/** Reads the invites of a neighborhood that can be used, newest first, for a steward; none for others. */
export async function readInvites(
  reads: Reads,
  viewerId: string,
  neighborhoodId: string,
): Promise<Invite[]> {
  const rows = await reads.all<InviteRow>(
    sql`select ${columns.list} from invites i where i.neighborhood_id = ${neighborhoodId} and ${works()}
    and ${stewardedBy(viewerId)} order by i.id desc`,
  );
  return rows.map(columns.toValue);
}

/** Reads an invite by its id, also one that cannot be used any more; null for all but its stewards. */
export async function readInvite(
  reads: Reads,
  viewerId: string,
  id: string,
): Promise<Invite | null> {
  const [row] = await reads.all<InviteRow>(
    sql`select ${columns.list} from invites i where i.id = ${id} and ${stewardedBy(viewerId)}`,
  );
  return row ? columns.toValue(row) : null;
}

/** Reads a valid invite with its neighborhood and the name of its maker, for a holder of its code; null where it is not valid. */
export async function readInvitation(
  reads: Reads,
  id: string,
): Promise<{
  invite: Invite;
  neighborhood: Neighborhood;
  invitedBy: string;
} | null> {
  const [invite] = await reads.all<InviteRow & { invitedBy: string }>(
    sql`select ${columns.list}, u.name as "invitedBy" from invites i
    join users u on u.id = i.created_by_id where i.id = ${id} and ${works()}`,
  );
  if (!invite) return null;
  const neighborhood = await readInvitingNeighborhood(
    reads,
    invite.neighborhoodId,
  );
  return neighborhood
    ? {
        invite: columns.toValue(invite),
        neighborhood,
        invitedBy: invite.invitedBy,
      }
    : null;
}
