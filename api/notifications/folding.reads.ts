import type { EntityManager } from '../database/orm';
import { execute, readsOf } from '../database/reads';
import { join, literals, sql } from '../database/sql';
import { DUE_KINDS } from './dueNotices';
import type { NotificationKind } from './notification.entity';

/** A new notification. */
type NewNotification = {
  id: string;
  recipientId: string;
  topic: string;
  kind: NotificationKind;
  actorId: string | null;
  loanId?: string;
  messageId?: string;
  reportId?: string;
  neighborhoodId: string;
};

/** Maximum number of notifications of a user. */
const MAX_NOTIFICATIONS = 5000;

/**
 * Inserts notifications, or turns each unread one about the same into the new one. It then has the new id, so
 * that it is on top of the list and is delivered. It counts both, unless it is about a due date: such a one
 * replaces the older one, which is no longer true. One statement, so that processes which write at once leave
 * one.
 * @param news at least one, at most one for each recipient and topic
 */
export const foldInto = (
  em: EntityManager,
  news: readonly NewNotification[],
): Promise<number> => {
  const now = new Date();
  const rows = news.map(
    ({ id, recipientId, topic, kind, actorId, neighborhoodId, ...about }) =>
      sql`(${id}, ${recipientId}, ${topic}, ${kind}, ${actorId}, ${about.loanId ?? null}, ${about.messageId ?? null},
      ${about.reportId ?? null}, ${neighborhoodId}, 1, ${now})`,
  );
  return execute(
    em,
    sql`insert into notifications
      (id, recipient_id, topic, kind, actor_id, loan_id, message_id, report_id, neighborhood_id, count, created_at)
    values ${join(rows)}
    on conflict (recipient_id, topic) where read_at is null and withdrawn_at is null do update
    set id = excluded.id, kind = excluded.kind, actor_id = excluded.actor_id, message_id = excluded.message_id,
      created_at = excluded.created_at,
      count = case when excluded.kind in (${literals(DUE_KINDS)}) then 1 else notifications.count + 1 end`,
  );
};

/** Withdraws the unread notification of a user about a topic. @returns how many there were: 0 or 1 */
export const withdrawUnread = (
  em: EntityManager,
  recipientId: string,
  topic: string,
): Promise<number> =>
  execute(
    em,
    sql`update notifications set withdrawn_at = ${new Date()} where recipient_id = ${recipientId}
    and topic = ${topic} and read_at is null and withdrawn_at is null`,
  );

/** Deletes what users have beyond the maximum: the oldest read notifications, then the oldest. */
export async function trimNotifications(
  em: EntityManager,
  recipientIds: readonly string[],
  most = MAX_NOTIFICATIONS,
): Promise<void> {
  // Looked up for each user, as a join might read all their notifications.
  const beyond = await readsOf(em).all<{ id: string }>(
    sql`select u.id from users u where u.id in (${join([...recipientIds])}) and coalesce((select true
      from notifications n where n.recipient_id = u.id order by n.id desc limit 1 offset ${most}), false)`,
  );
  for (const { id } of beyond)
    await execute(
      em,
      sql`delete from notifications where id in (select id from notifications where recipient_id = ${id}
      order by case when read_at is null then 0 else 1 end, id desc limit 1000 offset ${most})`,
    );
}
