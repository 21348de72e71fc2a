import type DataLoader from 'dataloader';
import { notBlocked } from '../blocks/blocks.reads';
import { LAST_ID, type Page } from '../pagination';
import { createLoader } from '../database/loading';
import type { Moment, Reads } from '../database/reads';
import { empty, join, sql, type Sql } from '../database/sql';
import type { Invite } from './invite.entity';
import type { Membership, MembershipStatus } from './membership.entity';
import type { Neighborhood } from './neighborhood.entity';

/**
 * SQL that is true where the viewer is an active member of the neighborhood in a column: whoever
 * is not sees nothing that is shared there.
 * @param column as `items.neighborhood_id`
 */
export const activeIn = (column: Sql, viewerId: string): Sql =>
  sql`exists (select 1 from memberships as mine where mine.neighborhood_id = ${column} and mine.user_id = ${viewerId} and mine.status = 'ACTIVE')`;

/**
 * SQL that is true where somebody is an active member: what a member who was suspended or has left
 * shares is not shown to others any more.
 * @param user the column of their id, as `items.owner_id`
 * @param neighborhood the column of the neighborhood's
 */
export const isActiveMember = (user: Sql, neighborhood: Sql): Sql =>
  sql`exists (select 1 from memberships as theirs where theirs.user_id = ${user} and theirs.neighborhood_id = ${neighborhood} and theirs.status = 'ACTIVE')`;

const COLUMNS = sql`n.id, n.name, n.about, n.time_zone as "timeZone",
  n.join_policy as "joinPolicy", n.created_at as "createdAt"`;

/** One's own neighborhoods, and those that one could join without an invite; not where one is banned. */
const visibleTo = (
  viewerId: string,
) => sql`(n.join_policy <> 'INVITE_ONLY' or exists (
    select 1 from memberships as mine where mine.neighborhood_id = n.id
    and mine.user_id = ${viewerId} and mine.status in ('PENDING', 'ACTIVE', 'SUSPENDED')))
  and not exists (select 1 from memberships as mine where mine.neighborhood_id = n.id
    and mine.user_id = ${viewerId} and mine.status = 'BANNED')`;

type Row = Omit<Neighborhood, 'createdAt'> & { createdAt: Moment };

const toNeighborhood = (row: Row): Neighborhood => ({
  ...row,
  createdAt: new Date(row.createdAt),
});

/** One neighborhood that the viewer can see, or null. */
export async function readNeighborhood(
  reads: Reads,
  viewerId: string,
  id: string,
): Promise<Neighborhood | null> {
  const [row] = await reads.all<Row>(
    sql`select ${COLUMNS} from neighborhoods n where n.id = ${id.toLowerCase()} and ${visibleTo(viewerId)}`,
  );
  return row ? toNeighborhood(row) : null;
}

/** Neighborhoods by their ids. Whoever may see what names them may see them. */
export type NeighborhoodLoader = DataLoader<string, Neighborhood>;

/** Neighborhoods by their ids, for one request. */
export const createNeighborhoodLoader = (reads: Reads): NeighborhoodLoader =>
  createLoader<Row, Neighborhood>(
    reads,
    (ids) =>
      sql`select n.id as key, ${COLUMNS} from neighborhoods n where n.id in (${ids})`,
    ([row], id) => {
      if (!row)
        throw new Error(`No neighborhood ${id}: the foreign key does not hold`);
      return toNeighborhood(row);
    },
  );

/** Neighborhoods by their ids, for one request; null for those that the viewer cannot see. */
export const createVisibleNeighborhoodLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, Neighborhood | null> =>
  createLoader<Row, Neighborhood | null>(
    reads,
    (ids) =>
      sql`select n.id as key, ${COLUMNS} from neighborhoods n where n.id in (${ids}) and ${visibleTo(viewerId)}`,
    ([row]) => (row ? toNeighborhood(row) : null),
  );

const MEMBERSHIP = sql`m.id, m.user_id as "userId", m.neighborhood_id as "neighborhoodId",
  m.role, m.status, m.created_at as "createdAt"`;

type MembershipRow = Omit<Membership, 'createdAt'> & { createdAt: Moment };

const toMembership = (row: MembershipRow): Membership => ({
  ...row,
  createdAt: new Date(row.createdAt),
});

/** The viewer's own memberships by the neighborhoods' ids, for one request. */
export type OwnMembershipLoader = DataLoader<string, Membership | null>;

/** The viewer's own memberships by the neighborhoods' ids, for one request. */
export const createOwnMembershipLoader = (
  reads: Reads,
  viewerId: string,
): OwnMembershipLoader =>
  createLoader<MembershipRow, Membership | null>(
    reads,
    (ids) =>
      sql`select m.neighborhood_id as key, ${MEMBERSHIP} from memberships m where m.neighborhood_id in (${ids}) and m.user_id = ${viewerId}`,
    ([row]) => (row ? toMembership(row) : null),
  );

/** Memberships by their ids. Whoever may see what names them may see them. */
export const createMembershipLoader = (
  reads: Reads,
): DataLoader<string, Membership> =>
  createLoader<MembershipRow, Membership>(
    reads,
    (ids) =>
      sql`select m.id as key, ${MEMBERSHIP} from memberships m where m.id in (${ids})`,
    ([row], id) => {
      if (!row) throw new Error(`No membership ${id}: they are never deleted`);
      return toMembership(row);
    },
  );

/** How many active members neighborhoods have, by their ids, for one request. */
export const createMemberCountLoader = (
  reads: Reads,
): DataLoader<string, number> =>
  createLoader<{ count: number | string }, number>(
    reads,
    (ids) =>
      sql`select neighborhood_id as key, count(*) as count from memberships where neighborhood_id in (${ids}) and status = 'ACTIVE' group by neighborhood_id`,
    // PostgreSQL counts further than a number goes, and says so with a text.
    ([row]) => Number(row?.count ?? 0),
  );

/** How many active stewards neighborhoods have, by their ids, for one request. */
export const createStewardCountLoader = (
  reads: Reads,
): DataLoader<string, number> =>
  createLoader<{ count: number | string }, number>(
    reads,
    (ids) =>
      sql`select neighborhood_id as key, count(*) as count from memberships where neighborhood_id in (${ids}) and status = 'ACTIVE' and role = 'STEWARD' group by neighborhood_id`,
    ([row]) => Number(row?.count ?? 0),
  );

/** One membership by its id, whoever's it is: callers know that the viewer may see it. */
export async function readMembership(
  reads: Reads,
  id: string,
): Promise<Membership | null> {
  const [row] = await reads.all<MembershipRow>(
    sql`select ${MEMBERSHIP} from memberships m where m.id = ${id}`,
  );
  return row ? toMembership(row) : null;
}

/** The viewer's memberships that mean something, in the order in which they came. */
export async function readOwnMemberships(
  reads: Reads,
  viewerId: string,
): Promise<Membership[]> {
  const rows = await reads.all<MembershipRow>(
    sql`select ${MEMBERSHIP} from memberships m where m.user_id = ${viewerId} and m.status in ('PENDING', 'ACTIVE', 'SUSPENDED') order by m.id`,
  );
  return rows.map(toMembership);
}

/** Who has deleted their account is nobody to look after. */
const IS_SOMEBODY = sql`not exists (select 1 from users u where u.id = m.user_id and u.deleted_at is not null)`;

/**
 * A page of the members with a status, newest first: active ones for active members, the others
 * for stewards. Stewards look after everybody, also where somebody has blocked them.
 */
export async function readMembers(
  reads: Reads,
  viewerId: string,
  neighborhoodId: string,
  status: MembershipStatus,
  { first, after }: Page,
): Promise<Membership[]> {
  const rows = await reads.all<MembershipRow>(
    sql`select ${MEMBERSHIP} from memberships m
    where m.neighborhood_id = ${neighborhoodId} and m.status = ${status} and m.id < ${after ?? LAST_ID} and ${IS_SOMEBODY}
    and exists (select 1 from memberships as mine where mine.neighborhood_id = m.neighborhood_id
      and mine.user_id = ${viewerId} and mine.status = 'ACTIVE'
      and (mine.role = 'STEWARD' or (m.status = 'ACTIVE' and ${notBlocked(sql`m.user_id`, viewerId)})))
    order by m.id desc limit ${first + 1}`,
  );
  return rows.map(toMembership);
}

/** Not every database knows small letters beyond ASCII: there any letter will do. */
const toPattern = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[!%_]/g, '!$&')
    .replace(/[^ -~]/gu, '_');

/**
 * A page of the neighborhoods that one could join without an invite, newest first.
 * @param words all of which must stand in the name or description; none finds all
 */
export async function readOpenNeighborhoods(
  reads: Reads,
  viewerId: string,
  words: readonly string[],
  { first, after }: Page,
): Promise<Neighborhood[]> {
  const holds = words.map(
    (word) =>
      sql`and lower(n.name || ' ' || n.about) like ${`%${toPattern(word)}%`} escape '!'`,
  );
  const rows = await reads.all<Row>(
    sql`select ${COLUMNS} from neighborhoods n
    where n.join_policy <> 'INVITE_ONLY' and ${visibleTo(viewerId)} and n.id < ${after ?? LAST_ID}
    ${holds.length > 0 ? join(holds, ' ') : empty}
    order by n.id desc limit ${first + 1}`,
  );
  return rows.map(toNeighborhood);
}

const INVITE = sql`i.id, i.neighborhood_id as "neighborhoodId", i.created_by_id as "createdById",
  i.expires_at as "expiresAt", i.max_uses as "maxUses", i.uses, i.created_at as "createdAt"`;
/** Condition: the invite `i` can still be used. */
const works = () =>
  sql`i.revoked_at is null and i.uses < i.max_uses and i.expires_at > ${new Date()}`;

type InviteRow = Omit<Invite, 'expiresAt' | 'createdAt'> & {
  expiresAt: Moment;
  createdAt: Moment;
};

const toInvite = (row: InviteRow): Invite => ({
  ...row,
  expiresAt: new Date(row.expiresAt),
  createdAt: new Date(row.createdAt),
});

/** The invites that still work, newest first, for a steward; nothing for others. */
export async function readInvites(
  reads: Reads,
  viewerId: string,
  neighborhoodId: string,
): Promise<Invite[]> {
  const rows = await reads.all<InviteRow>(
    sql`select ${INVITE} from invites i where i.neighborhood_id = ${neighborhoodId} and ${works()}
    and exists (select 1 from memberships as mine where mine.neighborhood_id = i.neighborhood_id
      and mine.user_id = ${viewerId} and mine.status = 'ACTIVE' and mine.role = 'STEWARD')
    order by i.id desc`,
  );
  return rows.map(toInvite);
}

/** An invite that still works, with its neighborhood, for whoever knows its code; or null. */
export async function readInvitation(
  reads: Reads,
  id: string,
): Promise<{ invite: Invite; neighborhood: Neighborhood } | null> {
  const [invite] = await reads.all<InviteRow>(
    sql`select ${INVITE} from invites i where i.id = ${id} and ${works()}`,
  );
  if (!invite) return null;
  const [neighborhood] = await reads.all<Row>(
    sql`select ${COLUMNS} from neighborhoods n where n.id = ${invite.neighborhoodId}`,
  );
  return neighborhood
    ? { invite: toInvite(invite), neighborhood: toNeighborhood(neighborhood) }
    : null;
}
