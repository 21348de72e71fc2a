import type { EntityManager } from '../database/orm';
import { execute } from '../database/reads';
import { join, sql } from '../database/sql';
import { mailDelayOf, type Topic } from '../topics/topic';
import { isWanted } from '../topics/topics.reads';

/**
 * Writes the deliveries of notifications, in their transaction: one to each browser of the recipient, and one
 * to the mail address, where the topic is to be sent that way.
 * @param notificationIds at least one
 * @returns how many there are
 */
export function writeDeliveries(
  em: EntityManager,
  {
    notificationIds,
    topic,
  }: { notificationIds: readonly string[]; topic: Topic },
): Promise<number> {
  const now = new Date();
  const mailDue = new Date(now.getTime() + mailDelayOf(topic));
  const theirs = sql`from notifications n join users u on u.id = n.recipient_id`;
  const isNew = sql`n.id in (${join([...notificationIds])})`;
  return execute(
    em,
    sql`insert into deliveries (notification_id, target_id, channel, topic, recipient_id, due_at, attempts, created_at)
    select t.id, t.target_id, t.channel, ${topic}, t.recipient_id,
      case t.channel when 'PUSH' then t.created_at else ${mailDue} end, 0, t.created_at
    from (
      select n.id, d.id as target_id, 'PUSH' as channel, n.recipient_id, n.created_at ${theirs}
      join push_devices d on d.user_id = u.id join sessions s on s.id = d.session_id
      where ${isNew} and s.revoked_at is null and s.expires_at > ${now} and ${isWanted(topic, 'push')}
      union all
      select n.id, u.id as target_id, 'MAIL' as channel, n.recipient_id, n.created_at ${theirs}
      where ${isNew} and u.email is not null and u.email_refused_at is null and ${isWanted(topic, 'mail')}
    ) t`,
  );
}
