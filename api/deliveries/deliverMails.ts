import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { toMail } from '../mail/mailTemplate';
import type { Mail } from '../mail/transport';
import { DeliveryEntity } from '../notifications/delivery.entity';
import { UserEntity } from '../users/user.entity';
import { oneClickUrl, unsubscribeToken } from '../topics/unsubscribeTokens';
import type { DeliveryTools } from './deliver';
import {
  pauseMails,
  readMailRecipients,
  readRecipient,
  takeMail,
  waitForPause,
  type TakenMail,
} from './deliveries.reads';
import { waitsUntil } from './deliverPushes';
import { MailPauseEntity } from './mailPause.entity';
import { readNews } from './news';
import { newsMail, type NewsEntry } from './newsMail';

/** Number of recipients read at once. */
const BATCH_SIZE = 50;
/** How long a mail belongs to the process that took it: longer than a mail server may take. */
const LEASE_MS = 5 * 60_000;
/** Shortest time between two mails to a user. */
const PAUSE_MS = 15 * 60_000;
/** Delays before the second and further attempts. */
const RETRY_DELAYS_MS = [
  60_000,
  5 * 60_000,
  30 * 60_000,
  2 * 60 * 60_000,
  8 * 60 * 60_000,
];

/** A row that is taken more often made its process fail each time. */
const MAX_ATTEMPTS = RETRY_DELAYS_MS.length + 1;

/** Sends all mails that are due. @param stopping ends it after the mail under way */
export async function deliverMails(
  tools: DeliveryTools,
  now: Date,
  stopping: AbortSignal,
): Promise<void> {
  let recipients: string[];
  do {
    recipients = await readMailRecipients(tools.reads, now, BATCH_SIZE);
    for (const userId of recipients) {
      if (stopping.aborted) return;
      const taken = await take(tools.em, userId, now);
      if (taken.length > 0)
        await deliverMail(
          { ...tools, em: tools.em.fork() },
          userId,
          taken,
          now,
        );
    }
  } while (recipients.length === BATCH_SIZE);
}

/**
 * Takes what is to be mailed to a user. The pause, which has one row per user, decides between two processes.
 * @returns nothing where another process has it, or the last mail was sent just before
 */
const take = (
  em: EntityManager,
  userId: string,
  now: Date,
): Promise<TakenMail[]> =>
  inTransaction(em, async (em) => {
    const leaseEnd = new Date(now.getTime() + LEASE_MS);
    if (await pauseMails(em, userId, { now, until: leaseEnd }))
      return takeMail(em, userId, leaseEnd);
    await waitForPause(em, userId);
    return [];
  });

async function deliverMail(
  tools: DeliveryTools,
  userId: string,
  taken: readonly TakenMail[],
  now: Date,
): Promise<void> {
  const { em, mailer, tally } = tools;
  if (taken.every(({ attempts }) => attempts > MAX_ATTEMPTS)) {
    tally.MAIL.failed++;
    return finish(em, userId, taken, now);
  }
  const mail = await compose(tools, userId, taken, now);
  if (!mail) {
    tally.MAIL.void += taken.length;
    return finish(em, userId, taken, now);
  }
  if (mail instanceof Date)
    return postpone(em, userId, taken, {
      dueAt: mail,
      pause: now,
      attempts: 0,
    });
  const outcome = await mailer.sendOnce('notifications', mail);
  if (outcome === 'unavailable') return retryLater(tools, userId, taken, now);
  tally.MAIL[outcome === 'sent' ? 'sent' : 'failed']++;
  if (outcome === 'addressRefused')
    await em.nativeUpdate(
      UserEntity,
      { id: userId, email: mail.to },
      { emailRefusedAt: now },
    );
  return finish(em, userId, taken, new Date(now.getTime() + PAUSE_MS));
}

/**
 * Composes a mail of what is still unread.
 * @returns null where nothing is, or it is no longer wanted; the end of the night where it waits for that
 */
async function compose(
  { reads, publicUrl, signatures }: DeliveryTools,
  userId: string,
  taken: readonly TakenMail[],
  now: Date,
): Promise<Mail | Date | null> {
  const topics = new Map(
    taken.map(({ notificationId, topic }) => [notificationId, topic]),
  );
  const ids = [...topics.keys()].sort();
  const [recipient, all] = await Promise.all([
    readRecipient(reads, userId, {
      channel: 'MAIL',
      topics: [...new Set(topics.values())],
    }),
    readNews(reads, userId, ids, now),
  ]);
  const entries = all.flatMap((news): NewsEntry[] => {
    const topic = topics.get(news.id);
    return topic && recipient?.topics.includes(topic) ? [{ news, topic }] : [];
  });
  const [first, ...others] = entries;
  if (!first || !recipient?.email) return null;
  const mornings = entries.map(({ news }) => waitsUntil(recipient, news, now));
  const [earliest] = mornings
    .flatMap((each) => each ?? [])
    .sort((a, b) => a.getTime() - b.getTime());
  if (earliest && !mornings.includes(null)) return earliest;
  return {
    ...toMail(
      recipient.email,
      newsMail({ publicUrl, signatures }, recipient, [first, ...others]),
      recipient.language,
    ),
    // The same for each attempt, so that mailboxes drop a second copy.
    id: ids.at(-1),
    unsubscribeUrl: oneClickUrl(
      publicUrl,
      unsubscribeToken(signatures, { userId, topic: first.topic }),
    ),
  };
}

/** Deletes what was taken, and sets when the next mail may leave. */
async function finish(
  em: EntityManager,
  userId: string,
  taken: readonly TakenMail[],
  pauseUntil: Date,
): Promise<void> {
  await em.nativeDelete(DeliveryEntity, rowsOf(userId, taken));
  await em.nativeUpdate(
    MailPauseEntity,
    { user: userId },
    { until: pauseUntil },
  );
}

const rowsOf = (userId: string, taken: readonly TakenMail[]) => ({
  targetId: userId,
  notificationId: { $in: taken.map(({ notificationId }) => notificationId) },
});

async function postpone(
  em: EntityManager,
  userId: string,
  taken: readonly TakenMail[],
  { dueAt, pause, attempts }: { dueAt: Date; pause: Date; attempts: number },
): Promise<void> {
  await em.nativeUpdate(DeliveryEntity, rowsOf(userId, taken), {
    dueAt,
    attempts,
  });
  await em.nativeUpdate(MailPauseEntity, { user: userId }, { until: pause });
}

async function retryLater(
  { em, tally }: DeliveryTools,
  userId: string,
  taken: readonly TakenMail[],
  now: Date,
): Promise<void> {
  const attempts = Math.max(...taken.map(({ attempts }) => attempts));
  const delay = RETRY_DELAYS_MS[attempts - 1];
  if (delay === undefined) {
    tally.MAIL.failed++;
    return finish(em, userId, taken, now);
  }
  const dueAt = new Date(now.getTime() + delay);
  return postpone(em, userId, taken, { dueAt, pause: dueAt, attempts });
}
