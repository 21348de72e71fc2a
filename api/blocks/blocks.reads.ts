import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import type { User } from '../users/user.entity';
import { toUser, userColumns, type UserReadRow } from '../users/users.reads';

/**
 * SQL that is true where the viewer and the person in a column have not blocked each other.
 * @param column as `items.owner_id`
 * It takes two parameters: the viewer's id, twice.
 */
export const notBlocked = (column: string): string =>
  `${column} not in (select blocked_id from blocks where blocker_id = ? union all select blocker_id from blocks where blocked_id = ?)`;

/** Whether the viewer has blocked people, by their ids, for one request. */
export const createBlockedLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, boolean> =>
  createLoader<object, boolean>(
    reads,
    (places) =>
      `select blocked_id as key from blocks where blocked_id in (${places}) and blocker_id = ?`,
    (rows) => rows.length > 0,
    [viewerId],
  );

/** Whom somebody has blocked, the latest first. */
export async function readBlocked(
  reads: Reads,
  blockerId: string,
): Promise<User[]> {
  const rows = await reads.all<UserReadRow>(
    `select ${userColumns('u')} from blocks b join users u on u.id = b.blocked_id
    where b.blocker_id = ? and u.deleted_at is null order by b.created_at desc, u.id`,
    [blockerId],
  );
  return rows.map(toUser);
}
