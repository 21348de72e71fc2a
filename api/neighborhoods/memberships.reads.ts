import type DataLoader from 'dataloader';
import { blockedWith, notBlocked } from '../blocks/blocks.reads';
import { createLoader } from '../database/loading';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { existsByLookup, sql } from '../database/sql';
import { LAST_ID, type Page } from '../pagination';
import { isActiveMember } from './neighborhoods.reads';
import {
  MembershipEntity,
  type Membership,
  type MembershipStatus,
} from './membership.entity';

/** Columns of a `Membership` out of `memberships m`. */
const columns = columnsOf(MembershipEntity, 'm', {
  only: [
    'id',
    'userId',
    'neighborhoodId',
    'role',
    'status',
    'note',
    'appointedById',
    'invitedById',
    'createdAt',
    'joinedAt',
    'updatedAt',
  ],
});
type MembershipRow = RowOf<typeof columns>;

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
      sql`select m.neighborhood_id as key, ${columns.list} from memberships m where m.neighborhood_id in (${ids}) and m.user_id = ${viewerId}`,
    ([row]) => (row ? columns.toValue(row) : null),
  );

/** Creates the loader of memberships by their ids, for objects that the viewer can see. */
export const createMembershipLoader = (
  reads: Reads,
): DataLoader<string, Membership> =>
  createLoader<MembershipRow, Membership>(
    reads,
    (ids) =>
      sql`select m.id as key, ${columns.list} from memberships m where m.id in (${ids})`,
    ([row], id) => {
      if (!row) throw new Error(`No membership ${id}: they are never deleted`);
      return columns.toValue(row);
    },
  );

/**
 * Creates the loader of the number of active members, by the neighborhoods' ids. Members are counted as
 * their list shows them, so that the difference does not tell who has blocked the viewer. All others
 * get the whole number, as a difference would tell them who is a member.
 */
export const createMemberCountLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, number> =>
  createLoader<{ count: number | string }, number>(
    reads,
    (ids) =>
      // All are counted in an index; the few who are not shown are subtracted.
      sql`select n.id as key, (select count(*) from memberships m where m.neighborhood_id = n.id and m.status = 'ACTIVE')
        - (select count(*) from (${blockedWith(viewerId)}) hidden
          where ${isActiveMember(sql`hidden.user_id`, sql`n.id`)} and ${isPlainMember(viewerId)}) as count
      from neighborhoods n where n.id in (${ids})`,
    // PostgreSQL returns counts as text, as they may exceed a number.
    ([row]) => Number(row?.count ?? 0),
  );

/** Condition: the viewer is a member of the neighborhood `n`, and no steward. */
const isPlainMember = (viewerId: string) =>
  existsByLookup(
    sql`from memberships mine where mine.user_id = ${viewerId} and mine.neighborhood_id = n.id and mine.status = 'ACTIVE' and mine.role = 'MEMBER'`,
  );

/** Creates the loader of the number of active stewards, by the neighborhoods' ids. */
export const createStewardCountLoader = (
  reads: Reads,
): DataLoader<string, number> =>
  createLoader<{ count: number | string }, number>(
    reads,
    (ids) =>
      sql`select neighborhood_id as key, count(*) as count from memberships where neighborhood_id in (${ids}) and status = 'ACTIVE' and role = 'STEWARD' group by neighborhood_id`,
    ([row]) => Number(row?.count ?? 0),
  );

/** Reads one membership by its id without a check of visibility. */
export async function readMembership(
  reads: Reads,
  id: string,
): Promise<Membership | null> {
  const [row] = await reads.all<MembershipRow>(
    sql`select ${columns.list} from memberships m where m.id = ${id}`,
  );
  return row ? columns.toValue(row) : null;
}

/** Reads the viewer's memberships that have not ended or been banned, oldest first. */
export async function readOwnMemberships(
  reads: Reads,
  viewerId: string,
): Promise<Membership[]> {
  const rows = await reads.all<MembershipRow>(
    sql`select ${columns.list} from memberships m where m.user_id = ${viewerId} and m.status in ('PENDING', 'ACTIVE', 'SUSPENDED') order by m.id`,
  );
  return rows.map(columns.toValue);
}

/** Condition: the account of the membership `m` exists. */
const HAS_ACCOUNT = sql`not ${existsByLookup(sql`from users u where u.id = m.user_id and u.deleted_at is not null`)}`;

/**
 * Reads a page of the members with a status, newest first: active ones for active members, others for
 * stewards. Stewards see all of them, also across blocks.
 */
export async function readMembers(
  reads: Reads,
  viewerId: string,
  neighborhoodId: string,
  status: MembershipStatus,
  { first, after }: Page,
): Promise<Membership[]> {
  const rows = await reads.all<MembershipRow>(
    sql`select ${columns.list} from memberships mine cross join memberships m
    where mine.neighborhood_id = ${neighborhoodId} and mine.user_id = ${viewerId} and mine.status = 'ACTIVE'
    and m.neighborhood_id = ${neighborhoodId} and m.status = ${status} and m.id < ${after ?? LAST_ID} and ${HAS_ACCOUNT}
    and (mine.role = 'STEWARD' or (m.status = 'ACTIVE' and ${notBlocked(sql`m.user_id`, viewerId)}))
    order by m.id desc limit ${first + 1}`,
  );
  return rows.map(columns.toValue);
}
