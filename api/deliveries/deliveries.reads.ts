import type { EntityManager } from '../database/orm';
import { execute, readsOf, type Moment, type Reads } from '../database/reads';
import { empty, join, raw, sql, type Sql } from '../database/sql';
import { DEFAULT_LANGUAGE, type Language } from '../language/language';
import type { Channel, Topic } from '../topics/topic';
import { isWanted } from '../topics/topics.reads';

/** A push that this process has taken. */
export type TakenPush = {
  notificationId: string;
  deviceId: string;
  recipientId: string;
  topic: Topic;
  attempts: number;
};

/** Tells whether a push is due. */
export async function isPushDue(reads: Reads, now: Date): Promise<boolean> {
  const rows = await reads.all<{ id: string }>(
    sql`select notification_id as "id" from deliveries where channel = 'PUSH' and due_at <= ${now} limit 1`,
  );
  return rows.length > 0;
}

/**
 * Takes due pushes, the oldest first: moves them to the end of a lease, so that no other process sends them
 * meanwhile.
 */
export const takePushes = (
  em: EntityManager,
  dialect: Reads['dialect'],
  { now, leaseEnd, most }: { now: Date; leaseEnd: Date; most: number },
): Promise<TakenPush[]> =>
  readsOf(em).all<TakenPush>(
    sql`update deliveries set due_at = ${leaseEnd}, attempts = attempts + 1
    where (notification_id, target_id) in (select notification_id, target_id from deliveries
      where channel = 'PUSH' and due_at <= ${now} order by due_at limit ${most} ${skipLocked(dialect)})
    returning notification_id as "notificationId", target_id as "deviceId", recipient_id as "recipientId",
      topic, attempts`,
  );

/** SQLite has one writer at a time, which has nothing to skip. */
const skipLocked = (dialect: Reads['dialect']): Sql =>
  dialect === 'sqlite' ? empty : raw('for update skip locked');

/** Reads users for whom a mail is due, those who wait longest first. */
export async function readMailRecipients(
  reads: Reads,
  now: Date,
  most: number,
): Promise<string[]> {
  const rows = await reads.all<{ recipientId: string }>(
    sql`select recipient_id as "recipientId" from deliveries where channel = 'MAIL' and due_at <= ${now}
    group by recipient_id order by min(due_at) limit ${most}`,
  );
  return rows.map(({ recipientId }) => recipientId);
}

/** Pauses the mails of a user, unless they are paused. @returns whether they were not */
export async function pauseMails(
  em: EntityManager,
  userId: string,
  { now, until }: { now: Date; until: Date },
): Promise<boolean> {
  const changed = await execute(
    em,
    sql`insert into mail_pauses (user_id, until) values (${userId}, ${until})
    on conflict (user_id) do update set until = excluded.until where mail_pauses.until <= ${now}`,
  );
  return changed > 0;
}

/** Delays the mails of a user until the pause is over. */
export const waitForPause = (
  em: EntityManager,
  userId: string,
): Promise<number> =>
  execute(
    em,
    sql`update deliveries set due_at = (select p.until from mail_pauses p where p.user_id = ${userId})
    where recipient_id = ${userId} and channel = 'MAIL'
      and due_at < (select p.until from mail_pauses p where p.user_id = ${userId})`,
  );

/** A notification that this process is about to send by mail. */
export type TakenMail = {
  notificationId: string;
  topic: Topic;
  attempts: number;
};

/** Takes all notifications that wait to be mailed to a user, also those not due yet, until the end of a lease. */
export const takeMail = (
  em: EntityManager,
  userId: string,
  leaseEnd: Date,
): Promise<TakenMail[]> =>
  readsOf(em).all<TakenMail>(
    sql`update deliveries set due_at = ${leaseEnd}, attempts = attempts + 1
    where recipient_id = ${userId} and channel = 'MAIL'
    returning notification_id as "notificationId", topic, attempts`,
  );

/** Recipient of pushes and mails. */
export type Recipient = {
  userId: string;
  name: string;
  /** Verified address; null where there is none, or mail servers refuse it. */
  email: string | null;
  quietNights: boolean;
  messagePreviews: boolean;
  language: Language;
  /** Topics that the recipient wants to get by this channel. */
  topics: Topic[];
};

/** Reads a recipient, and which of some topics they want; null for a deleted account. */
export async function readRecipient(
  reads: Reads,
  userId: string,
  { channel, topics }: { channel: Channel; topics: readonly Topic[] },
): Promise<Recipient | null> {
  const wanted = topics.map(
    (topic) =>
      sql`case when ${isWanted(topic, channel === 'PUSH' ? 'push' : 'mail')} then 1 else 0 end as "${raw(topic)}"`,
  );
  const [row] = await reads.all<Record<string, unknown>>(
    sql`select u.name, case when u.email_refused_at is null then u.email end as email,
      u.quiet_nights as "quietNights", u.language, ${join([sql`u.message_previews as "messagePreviews"`, ...wanted])}
    from users u where u.id = ${userId} and u.deleted_at is null`,
  );
  if (!row) return null;
  return {
    userId,
    name: String(row.name),
    email: row.email as string | null,
    quietNights: Boolean(row.quietNights),
    messagePreviews: Boolean(row.messagePreviews),
    language: (row.language as Language | null) ?? DEFAULT_LANGUAGE,
    topics: topics.filter((topic) => row[topic] === 1),
  };
}

/** Tells whether a user still waits to be admitted to a neighborhood. */
export async function isMembershipPending(
  reads: Reads,
  userId: string,
  neighborhoodId: string,
): Promise<boolean> {
  const rows = await reads.all<{ id: string }>(
    sql`select m.id from memberships m where m.user_id = ${userId} and m.neighborhood_id = ${neighborhoodId}
      and m.status = 'PENDING'`,
  );
  return rows.length > 0;
}

/** Deliveries that wait on a channel. */
export type Waiting = { channel: Channel; count: number; oldest: Date };

/** Counts the deliveries that wait on each channel; weekly digests are mails. */
export async function readWaiting(reads: Reads): Promise<Waiting[]> {
  const rows = await reads.all<{
    channel: Channel;
    count: number | string;
    oldest: Moment;
  }>(
    sql`select channel, count(*) as count, min(created_at) as oldest from (
      select channel, created_at from deliveries
      union all select 'MAIL', until from digests where due_at is not null) waiting group by channel`,
  );
  return rows.map(({ channel, count, oldest }) => ({
    channel,
    count: Number(count),
    oldest: new Date(oldest),
  }));
}
