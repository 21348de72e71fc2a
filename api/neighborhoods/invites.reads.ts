import { notBlocked } from '../blocks/blocks.reads';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { existsByLookup, sql, type Sql } from '../database/sql';
import { InviteEntity, type Invite } from './invite.entity';
import type { JoinPolicy, Neighborhood } from './neighborhood.entity';
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

/** Condition: a user has an active membership in the neighborhood of the invite `i`. */
const isActive = (user: Sql, and: Sql) =>
  existsByLookup(
    sql`from memberships m where m.neighborhood_id = i.neighborhood_id
    and m.user_id = ${user} and m.status = 'ACTIVE' and ${and}`,
  );

const isSteward = sql`m.role = 'STEWARD'`;

/** Condition: the creator of the invite `i` is a steward. */
const isOfSteward = isActive(sql`i.created_by_id`, isSteward);

/**
 * Condition: the invite `i` can still be used. Links of members work only while the stewards let members
 * invite.
 */
const works = () =>
  sql`i.revoked_at is null and i.uses < i.max_uses and i.expires_at > ${new Date()}
  and ${isActive(
    sql`i.created_by_id`,
    sql`(${isSteward} or (select n.members_may_invite from neighborhoods n where n.id = m.neighborhood_id))`,
  )}`;

/** Condition: the viewer manages the invite `i`, as a steward or as the active member who created it. */
const managedBy = (viewerId: string) =>
  isActive(
    sql`${viewerId}`,
    sql`(${isSteward} or i.created_by_id = m.user_id)`,
  );

/** Maximum number of invites that are listed. */
const MAX_LISTED = 100;

/**
 * Reads the invites of a neighborhood that can be used, newest first: all for a steward, their own for
 * other members, none for others.
 */
export async function readInvites(
  reads: Reads,
  viewerId: string,
  neighborhoodId: string,
): Promise<Invite[]> {
  const rows = await reads.all<InviteRow>(
    sql`select ${columns.list} from invites i where i.neighborhood_id = ${neighborhoodId} and ${works()}
    and ${managedBy(viewerId)} order by i.id desc limit ${MAX_LISTED}`,
  );
  return rows.map(columns.toValue);
}

/** Reads an invite by its id, also one that cannot be used any more; null for all who do not manage it. */
export async function readInvite(
  reads: Reads,
  viewerId: string,
  id: string,
): Promise<Invite | null> {
  const [row] = await reads.all<InviteRow>(
    sql`select ${columns.list} from invites i where i.id = ${id} and ${managedBy(viewerId)}`,
  );
  return row ? columns.toValue(row) : null;
}

/** Reads a valid invite with its neighborhood and the name of its creator, for a holder of its code; null where it is not valid. */
export async function readInvitation(
  reads: Reads,
  viewerId: string | null,
  id: string,
): Promise<{
  invite: Invite;
  neighborhood: Neighborhood;
  /** Empty where the viewer and the creator have blocked each other. */
  invitedBy: string;
  needsApproval: boolean;
} | null> {
  const name = viewerId
    ? sql`case when ${notBlocked(sql`u.id`, viewerId)} then u.name else '' end`
    : sql`u.name`;
  const [row] = await reads.all<
    InviteRow & { invitedBy: string; isOfSteward: boolean | number }
  >(
    sql`select ${columns.list}, ${name} as "invitedBy", ${isOfSteward} as "isOfSteward" from invites i
    join users u on u.id = i.created_by_id where i.id = ${id} and ${works()}`,
  );
  const neighborhood =
    row && (await readInvitingNeighborhood(reads, row.neighborhoodId));
  return neighborhood
    ? {
        invite: columns.toValue(row),
        neighborhood,
        invitedBy: row.invitedBy,
        needsApproval: needsApproval(neighborhood.joinPolicy, row.isOfSteward),
      }
    : null;
}

/** Creator of an invite, and whether who accepts it waits for a steward. */
export type AcceptableInvite = { createdById: string; needsApproval: boolean };

/** Reads a valid invite for a user who accepts it; null where it is not valid. */
export async function readAcceptable(
  reads: Pick<Reads, 'all'>,
  id: string,
): Promise<AcceptableInvite | null> {
  const [row] = await reads.all<{
    createdById: string;
    joinPolicy: JoinPolicy;
    isOfSteward: boolean | number;
  }>(
    sql`select i.created_by_id as "createdById", n.join_policy as "joinPolicy", ${isOfSteward} as "isOfSteward"
    from invites i join neighborhoods n on n.id = i.neighborhood_id where i.id = ${id} and ${works()}`,
  );
  return row
    ? {
        createdById: row.createdById,
        needsApproval: needsApproval(row.joinPolicy, row.isOfSteward),
      }
    : null;
}

/** A steward's link is their approval; that of another member is not. */
const needsApproval = (
  joinPolicy: JoinPolicy,
  isOfSteward: boolean | number,
): boolean => joinPolicy === 'APPROVAL' && !isOfSteward;

/** What the public preview of an invite shows. */
export type InviteCard = {
  neighborhoodName: string;
  invitedBy: string;
  memberCount: number;
};

/** Reads the public preview of a valid invite, with one statement; null where the invite is not valid. */
export async function readInviteCard(
  reads: Reads,
  id: string,
): Promise<InviteCard | null> {
  const [row] = await reads.all<
    Omit<InviteCard, 'memberCount'> & { memberCount: number | string }
  >(
    sql`select n.name as "neighborhoodName", u.name as "invitedBy",
    (select count(*) from memberships m where m.neighborhood_id = n.id and m.status = 'ACTIVE') as "memberCount"
    from invites i join neighborhoods n on n.id = i.neighborhood_id join users u on u.id = i.created_by_id
    where i.id = ${id} and ${works()}`,
  );
  return row ? { ...row, memberCount: Number(row.memberCount) } : null;
}
