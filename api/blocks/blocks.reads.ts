import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import { empty, existsByLookup, sql, type Sql } from '../database/sql';
import { MAX_BLOCKS } from './block.entity';
import type { User } from '../users/user.entity';
import { userColumns, type UserReadRow } from '../users/users.reads';

/**
 * Condition: the viewer and the person in a column have not blocked each other.
 * @param column as `items.owner_id`
 */
export const notBlocked = (column: Sql, viewerId: string): Sql =>
  sql`${column} not in (${blockedWith(viewerId)})`;

/** Selects the ids of all whom the viewer has blocked, or who have blocked the viewer. */
export const blockedWith = (viewerId: string): Sql =>
  sql`select blocked_id as user_id from blocks where blocker_id = ${viewerId} union select blocker_id from blocks where blocked_id = ${viewerId}`;

/**
 * Condition: one of two people has blocked the other.
 * @param one a column, as `l.borrower_id`
 * @param other likewise
 * @param and a further condition on the block `b`
 */
export const isBlocked = (one: Sql, other: Sql, and: Sql = empty): Sql =>
  sql`(${existsByLookup(sql`from blocks b where b.blocker_id = ${one} and b.blocked_id = ${other} ${and}`)}
  or ${existsByLookup(sql`from blocks b where b.blocker_id = ${other} and b.blocked_id = ${one} ${and}`)})`;

/** Creates the loader of whether the viewer has blocked users, by their ids. */
export const createBlockedLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, boolean> =>
  createLoader<object, boolean>(
    reads,
    (ids) =>
      sql`select blocked_id as key from blocks where blocked_id in (${ids}) and blocker_id = ${viewerId}`,
    (rows) => rows.length > 0,
  );

/** Columns of a blocked user: the names as they were, and nothing that the user has changed since. */
const BLOCKED_USER = sql`u.id as "id", coalesce(b.username, u.username) as "username",
  coalesce(b.name, u.name) as "name", '' as "about", null as "photoId", u.created_at as "createdAt"`;

/**
 * Reads the users whom a user has blocked, the latest first, with their names at that time. At most as
 * many as a user may block.
 */
export async function readBlocked(
  reads: Reads,
  blockerId: string,
): Promise<User[]> {
  const rows = await reads.all<UserReadRow>(
    sql`select ${BLOCKED_USER} from blocks b join users u on u.id = b.blocked_id
    where b.blocker_id = ${blockerId} and u.deleted_at is null order by b.created_at desc, u.id limit ${MAX_BLOCKS}`,
  );
  return rows.map(userColumns.toValue);
}

/** Creates the loader of users whom the viewer has blocked, as `readBlocked` has them; null for all others. */
export const createBlockedUserLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, User | null> =>
  createLoader<UserReadRow, User | null>(
    reads,
    (ids) =>
      sql`select b.blocked_id as key, ${BLOCKED_USER} from blocks b join users u on u.id = b.blocked_id
      where b.blocked_id in (${ids}) and b.blocker_id = ${viewerId}`,
    ([row]) => (row ? userColumns.toValue(row) : null),
  );
