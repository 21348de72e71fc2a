import type DataLoader from 'dataloader';
import { notBlocked } from '../blocks/blocks.reads';
import { LAST_ID, type Page } from '../pagination';
import { createLoader } from '../database/loading';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { literals, sql, type Sql } from '../database/sql';
import { PROMISED_LOAN_STATUSES } from '../loanStatus';
import type { User } from '../users/user.entity';
import { userColumns, type UserReadRow } from '../users/users.reads';
import { NotificationEntity, type Notification } from './notification.entity';

/** Columns of a `Notification` out of `notifications n`. */
const columns = columnsOf(NotificationEntity, 'n');
type Row = RowOf<typeof columns>;

/** Statuses of loans that continue after a block. */
const PROMISED = literals(PROMISED_LOAN_STATUSES);

/**
 * Condition: the recipient may see the notification `n`.
 *
 * A block hides earlier notifications between the two users, except about a loan that is still running.
 * Later ones are about such a loan, as no other action is possible between them, and are shown up to
 * its end. Decisions of stewards are always shown.
 */
export const NOT_BLOCKED = sql`not (n.loan_id is not null
  and exists (select 1 from blocks b where b.created_at >= n.created_at
    and ((b.blocker_id = n.recipient_id and b.blocked_id = n.actor_id)
      or (b.blocker_id = n.actor_id and b.blocked_id = n.recipient_id)))
  and not exists (select 1 from loans l where l.id = n.loan_id and l.status in (${PROMISED})))`;

/** Reads a page of notifications, newest first, and one more row where there is another page. */
export async function readNotifications(
  reads: Reads,
  recipientId: string,
  { first, after }: Page,
): Promise<Notification[]> {
  const rows = await reads.all<Row>(
    sql`select ${columns.list} from notifications n where n.recipient_id = ${recipientId} and n.id < ${after ?? LAST_ID} and ${NOT_BLOCKED}
    order by n.id desc limit ${first + 1}`,
  );
  return rows.map(columns.toValue);
}

/** Reads notifications of a user by their ids, in the order of the ids. */
export async function readNotificationsByIds(
  reads: Reads,
  recipientId: string,
  ids: readonly string[],
): Promise<Notification[]> {
  const loader = createLoader<Row, Notification[]>(
    reads,
    (keys) =>
      sql`select n.id as key, ${columns.list} from notifications n
      where n.id in (${keys}) and n.recipient_id = ${recipientId}`,
    (rows) => rows.map(columns.toValue),
  );
  const found = await Promise.all(ids.map((id) => loader.load(id)));
  return found.flat();
}

/** Counts the unread notifications of a user. */
export async function countUnread(
  reads: Reads,
  recipientId: string,
): Promise<number> {
  const [row] = await reads.all<{ count: number | string }>(
    sql`select count(*) as count from notifications n
    where n.recipient_id = ${recipientId} and n.read_at is null and ${NOT_BLOCKED}`,
  );
  // PostgreSQL returns counts as text, as they may exceed a number.
  return Number(row?.count ?? 0);
}

/** Reads all users' notifications written after a moment, by the clock of the writing process. */
export async function readNotificationsSince(
  reads: Reads,
  moment: Date,
): Promise<Notification[]> {
  const rows = await reads.all<Row>(
    sql`select ${columns.list} from notifications n where n.created_at > ${moment} and ${NOT_BLOCKED} order by n.id`,
  );
  return rows.map(columns.toValue);
}

/** Condition: both belong to one neighborhood, where the viewer can see the other. */
const together = (
  viewerId: string,
) => sql`exists (select 1 from memberships as theirs
  join memberships as mine on mine.neighborhood_id = theirs.neighborhood_id
  where theirs.user_id = u.id and mine.user_id = ${viewerId} and mine.status = 'ACTIVE'
  and (theirs.status = 'ACTIVE' or mine.role = 'STEWARD'))`;

const lending = (
  condition: Sql,
  viewerId: string,
) => sql`exists (select 1 from loans l where ${condition}
  and ((l.borrower_id = u.id and l.owner_id = ${viewerId}) or (l.owner_id = u.id and l.borrower_id = ${viewerId})))`;

/**
 * Users by their ids, for one request; null for users who are invisible to the viewer. Visible are
 * neighbors, the other sides of loans, and for stewards all users who ever asked to join. After a
 * block, only the other side of a running loan stays visible.
 */
export const createKnownUserLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, User | null> =>
  createLoader<UserReadRow, User | null>(
    reads,
    (ids) =>
      sql`select u.id as key, ${userColumns.list} from users u where u.id in (${ids})
      and u.deleted_at is null and (u.id = ${viewerId} or ${lending(sql`l.status in (${PROMISED})`, viewerId)}
        or (${notBlocked(sql`u.id`, viewerId)} and (${together(viewerId)} or ${lending(sql`true`, viewerId)})))`,
    ([row]) => (row ? userColumns.toValue(row) : null),
  );
