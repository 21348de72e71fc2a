import type { EntityManager } from '../database/orm';
import { execute } from '../database/reads';
import { sql } from '../database/sql';
import { mailDelayOf, type Topic } from '../topics/topic';
import { isWanted } from '../topics/topics.reads';

/**
 * Writes the deliveries of a notification, in its transaction: one to each browser of the recipient, and one
 * to the mail address, where the topic is to be sent that way.
 * @returns how many there are
 */
export function writeDeliveries(
  em: EntityManager,
  {
    notificationId,
    recipientId,
    topic,
  }: { notificationId: string; recipientId: string; topic: Topic },
): Promise<number> {
  const now = new Date();
  const mailDue = new Date(now.getTime() + mailDelayOf(topic));
  return execute(
    em,
    sql`insert into deliveries (notification_id, target_id, channel, topic, recipient_id, due_at, attempts, created_at)
    select n.id, t.id, t.channel, ${topic}, n.recipient_id,
      case t.channel when 'PUSH' then n.created_at else ${mailDue} end, 0, n.created_at
    from notifications n join (
      select d.id, 'PUSH' as channel from users u join push_devices d on d.user_id = u.id
      join sessions s on s.id = d.session_id
      where u.id = ${recipientId} and s.revoked_at is null and s.expires_at > ${now} and ${isWanted(topic, 'push')}
      union all
      select u.id, 'MAIL' as channel from users u
      where u.id = ${recipientId} and u.email is not null and u.email_refused_at is null and ${isWanted(topic, 'mail')}
    ) t on true where n.id = ${notificationId}`,
  );
}
