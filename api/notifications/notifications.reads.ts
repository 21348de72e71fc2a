import { v7 as uuidv7 } from 'uuid';
import { isBlocked } from '../blocks/blocks.reads';
import { LAST_ID, type Page } from '../pagination';
import { createLoader } from '../database/loading';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { existsByLookup, literals, sql, type Sql } from '../database/sql';
import { PROMISED_LOAN_STATUSES } from '../loanStatus';
import { NOTIFICATION_KINDS } from '../topics/topic';
import {
  NotificationEntity,
  type Notification,
  type NotificationKind,
} from './notification.entity';

/** Columns of a `Notification` out of `notifications n`. */
const columns = columnsOf(NotificationEntity, 'n');
type Row = RowOf<typeof columns>;

/** Statuses of loans that continue after a block. */
const PROMISED = literals(PROMISED_LOAN_STATUSES);

/**
 * Condition: the recipient may see the notification `n`, whose event was not taken back.
 *
 * A block hides earlier notifications between the two users, except about a loan that is still running.
 * Later ones are about such a loan, as no other action is possible between them, and are shown up to
 * its end. Decisions of stewards are always shown.
 */
export const IS_SHOWN = sql`n.withdrawn_at is null and not (n.loan_id is not null
  and ${isBlocked(sql`n.recipient_id`, sql`n.actor_id`, sql`and b.created_at >= n.created_at`)}
  and not ${existsByLookup(sql`from loans l where l.id = n.loan_id and l.status in (${PROMISED})`)})`;

/**
 * Condition: this version knows the kind of the notification `n`. A newer one that shares the database, or did so
 * before a rollback, may have written others, of which the API cannot speak.
 */
const IS_KNOWN = sql`n.kind in (${literals(NOTIFICATION_KINDS)})`;

/** Reads a page of notifications, newest first, and one more row where there is another page. */
export async function readNotifications(
  reads: Reads,
  recipientId: string,
  { first, after }: Page,
): Promise<Notification[]> {
  const rows = await reads.all<Row>(
    sql`select ${columns.list} from notifications n where n.recipient_id = ${recipientId} and n.id < ${after ?? LAST_ID} and ${IS_SHOWN} and ${IS_KNOWN}
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
      where n.id in (${keys}) and n.recipient_id = ${recipientId} and ${IS_SHOWN}`,
    (rows) => rows.map(columns.toValue),
  );
  const found = await Promise.all(ids.map((id) => loader.load(id)));
  return found.flat();
}

/** Reads the ids of unread notifications of these kinds that a user got within a time, the oldest first. */
export async function readUnreadIds(
  reads: Reads,
  recipientId: string,
  {
    kinds,
    since,
    until,
    most,
  }: {
    kinds: readonly NotificationKind[];
    since: Date;
    until: Date;
    most: number;
  },
): Promise<string[]> {
  const rows = await reads.all<{ id: string }>(
    sql`select n.id from notifications n where n.recipient_id = ${recipientId} and n.read_at is null
      and n.kind in (${literals(kinds)}) and n.created_at > ${since} and n.created_at <= ${until} and ${IS_SHOWN}
    order by n.id limit ${most}`,
  );
  return rows.map(({ id }) => id);
}

/** Counts the unread notifications of a user. */
export async function countUnread(
  reads: Reads,
  recipientId: string,
): Promise<number> {
  const [row] = await reads.all<{ count: number | string }>(
    sql`select count(*) as count from notifications n
    where n.recipient_id = ${recipientId} and n.read_at is null and ${IS_SHOWN} and ${IS_KNOWN}`,
  );
  // PostgreSQL returns counts as text, as they may exceed a number.
  return Number(row?.count ?? 0);
}

/**
 * Reads notifications of these users that were written or withdrawn after a moment, by the clock of the
 * writing process. Each user costs a step in an index, whatever happens to others.
 */
export async function readNotificationsSince(
  reads: Reads,
  recipientIds: readonly string[],
  moment: Date,
): Promise<Notification[]> {
  const ofThem = sql`n.recipient_id ${oneOf(reads.dialect, recipientIds)}`;
  const rows = await reads.all<Row>(
    sql`select ${columns.list} from notifications n
    where ${ofThem} and n.id > ${firstIdAt(moment)} and n.created_at > ${moment} and ${IS_SHOWN} and ${IS_KNOWN}
    union all select ${columns.list} from notifications n
    where ${ofThem} and n.withdrawn_at is not null and n.withdrawn_at > ${moment} and ${IS_KNOWN} order by "id"`,
  );
  return rows.map(columns.toValue);
}

/** Compares with any number of ids, which are one parameter, so that the text of the statement stays the same. */
const oneOf = (dialect: Reads['dialect'], ids: readonly string[]): Sql =>
  dialect === 'sqlite'
    ? sql`in (select value from json_each(${JSON.stringify(ids)}))`
    : sql`= any(string_to_array(${ids.join(',')}, ',')::uuid[])`;

/** Returns the lowest id that is made at a moment: ids begin with their time. */
const firstIdAt = (moment: Date): string =>
  uuidv7({ msecs: moment.getTime(), seq: 0, random: new Uint8Array(16) });
