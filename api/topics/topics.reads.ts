import type { EntityManager } from '../database/orm';
import { execute, type Reads } from '../database/reads';
import { raw, sql, type Sql } from '../database/sql';
import { DEFAULT_CHANNELS, TOPICS, type Channels, type Topic } from './topic';

const literal = (value: boolean): Sql => raw(value ? 'true' : 'false');

/**
 * Condition: the user `u` wants to get a topic by a channel. Mails about due dates were switched by
 * `remindersByEmail` before there were topics, and still are, so that both settings agree.
 */
export function isWanted(topic: Topic, channel: keyof Channels): Sql {
  if (topic === 'DUE_DATES' && channel === 'mail')
    return sql`u.reminders_by_email`;
  return sql`coalesce((select c.${raw(channel)} from topic_choices c
    where c.user_id = u.id and c.topic = ${topic}), ${literal(DEFAULT_CHANNELS[topic][channel])})`;
}

/** Settings of a user that apply to all topics. */
export type DeliveryChoices = {
  userId: string;
  quietNights: boolean;
  messagePreviews: boolean;
  mailRefused: boolean;
};

/** Reads the choices of a user for all topics, in the order of the schema. */
export async function readTopics(
  reads: Reads,
  userId: string,
): Promise<({ topic: Topic } & Channels)[]> {
  const rows = await reads.all<{
    topic: Topic | null;
    push: boolean | number | null;
    mail: boolean | number | null;
    byEmail: boolean | number;
  }>(
    sql`select c.topic, c.push, c.mail, u.reminders_by_email as "byEmail" from users u
    left join topic_choices c on c.user_id = u.id where u.id = ${userId}`,
  );
  return TOPICS.map((topic) => {
    const { push, mail } = DEFAULT_CHANNELS[topic];
    const row = rows.find((row) => row.topic === topic);
    const byEmail =
      topic === 'DUE_DATES' ? rows[0]?.byEmail : (row?.mail ?? mail);
    return {
      topic,
      push: Boolean(row?.push ?? push),
      mail: Boolean(byEmail),
    };
  });
}

/** Reads the settings of a user that apply to all topics. */
export async function readSettings(
  reads: Reads,
  userId: string,
): Promise<DeliveryChoices> {
  const [row] = await reads.all<Record<string, unknown>>(
    sql`select quiet_nights as "quietNights", message_previews as "messagePreviews",
      email_refused_at as "refusedAt" from users where id = ${userId}`,
  );
  return {
    userId,
    quietNights: Boolean(row?.quietNights),
    messagePreviews: Boolean(row?.messagePreviews),
    mailRefused: row?.refusedAt != null,
  };
}

/** Stores a choice of a user. What is null stays as it is. */
export const saveChoice = (
  em: EntityManager,
  userId: string,
  topic: Topic,
  { push, mail }: { push: boolean | null; mail: boolean | null },
): Promise<number> => {
  const standard = DEFAULT_CHANNELS[topic];
  const chosen = (value: boolean | null, current: Sql) =>
    value === null ? current : literal(value);
  return execute(
    em,
    sql`insert into topic_choices (user_id, topic, push, mail)
    values (${userId}, ${topic}, ${literal(push ?? standard.push)}, ${literal(mail ?? standard.mail)})
    on conflict (user_id, topic) do update set push = ${chosen(push, sql`topic_choices.push`)},
      mail = ${chosen(mail, sql`topic_choices.mail`)}`,
  );
};
