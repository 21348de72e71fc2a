import type { EntityManager } from '../database/orm';
import { execute, readsOf } from '../database/reads';
import { sql } from '../database/sql';
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
 * Inserts a notification, or turns the unread one about the same into it, with both counted. It then
 * has the new id, so that it is on top of the list and is delivered. One statement, so that processes
 * which write at once leave one.
 */
export const foldInto = (
  em: EntityManager,
  {
    id,
    recipientId,
    topic,
    kind,
    actorId,
    loanId,
    messageId,
    reportId,
    neighborhoodId,
  }: NewNotification,
): Promise<number> =>
  execute(
    em,
    sql`insert into notifications
      (id, recipient_id, topic, kind, actor_id, loan_id, message_id, report_id, neighborhood_id, count, created_at)
    values (${id}, ${recipientId}, ${topic}, ${kind}, ${actorId}, ${loanId ?? null}, ${messageId ?? null},
      ${reportId ?? null}, ${neighborhoodId}, 1, ${new Date()})
    on conflict (recipient_id, topic) where read_at is null and withdrawn_at is null do update
    set id = excluded.id, actor_id = excluded.actor_id, message_id = excluded.message_id,
      created_at = excluded.created_at, count = notifications.count + 1`,
  );

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

/** Deletes what a user has beyond the maximum: the oldest read notifications, then the oldest. */
export async function trimNotifications(
  em: EntityManager,
  recipientId: string,
  most = MAX_NOTIFICATIONS,
): Promise<void> {
  const beyond = await readsOf(em).all<{ id: string }>(
    sql`select id from notifications where recipient_id = ${recipientId} order by id desc limit 1 offset ${most}`,
  );
  if (beyond.length === 0) return;
  await execute(
    em,
    sql`delete from notifications where id in (select id from notifications where recipient_id = ${recipientId}
    order by case when read_at is null then 0 else 1 end, id desc limit 1000 offset ${most})`,
  );
}
