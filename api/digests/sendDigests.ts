import type { EntityManager } from '../database/orm';
import type { Reads } from '../database/reads';
import { pauseMails, readRecipient } from '../deliveries/deliveries.reads';
import type { DeliveryTally } from '../deliveries/deliveryTally';
import { MailPauseEntity } from '../deliveries/mailPause.entity';
import type { MailDependencies } from '../mail/mailer';
import { toMail } from '../mail/mailTemplate';
import type { Mail } from '../mail/transport';
import type { Signatures } from '../signatures';
import { oneClickUrl, unsubscribeToken } from '../topics/unsubscribeTokens';
import { UserEntity } from '../users/user.entity';
import { claimDigests } from './claimDigests';
import { readDigest } from './digest';
import { DigestEntity } from './digest.entity';
import { digestMail } from './digestMail';
import {
  isDigestDue,
  takeDigest,
  waitForMailPause,
  type TakenDigest,
} from './digests.reads';

/** Services that digests need. */
export type DigestTools = MailDependencies & {
  em: EntityManager;
  reads: Reads;
  signatures: Signatures;
  tally: DeliveryTally;
};

const MINUTE_MS = 60_000;
/** How long a digest belongs to the process that took it: longer than a mail server may take. */
const LEASE_MS = 5 * MINUTE_MS;
/** Shortest time between two mails to a user. */
const PAUSE_MS = 15 * MINUTE_MS;
/** Delays before the second and further attempts. */
const RETRY_DELAYS_MS = [1, 5, 15, 30, 60, 120].map(
  (minutes) => minutes * MINUTE_MS,
);
/** A digest that is taken more often made its process fail each time. */
const MAX_ATTEMPTS = RETRY_DELAYS_MS.length + 1;
/** A digest that is later than this is not sent: the next one says what it would have said. */
const MAX_LATE_MS = 8 * 60 * MINUTE_MS;

/**
 * Claims the weekly digests where it is Saturday morning, and sends those that are due, one after the other. It may
 * run at any time and on several servers at once (docs/decisions/0037-weekly-digest.md).
 * @param stopping ends it after the mail under way
 */
export async function sendDigests(
  tools: DigestTools,
  stopping: AbortSignal,
): Promise<void> {
  await claimDigests(tools, new Date(), stopping);
  while (!stopping.aborted) {
    // Many mails take a while, so that the time of the start will not do.
    const now = new Date();
    // Most runs only read, so that they never wait for a writer.
    if (!(await isDigestDue(tools.reads, now))) return;
    const leaseEnd = new Date(now.getTime() + LEASE_MS);
    const taken = await takeDigest(tools.em, tools.reads.dialect, {
      now,
      leaseEnd,
    });
    if (!taken) return;
    await sendDigest({ ...tools, em: tools.em.fork() }, taken, leaseEnd);
  }
}

async function sendDigest(
  tools: DigestTools,
  taken: TakenDigest,
  leaseEnd: Date,
): Promise<void> {
  const { em, mailer, tally } = tools;
  const { userId, attempts, until } = taken;
  const now = new Date();
  const isLate = now.getTime() - until.getTime() > MAX_LATE_MS;
  if (attempts > MAX_ATTEMPTS || isLate) return giveUp(tools, taken);
  const mail = await compose(tools, taken);
  if (!mail) {
    tally.MAIL.void++;
    return change(em, userId, { dueAt: null });
  }
  if (!(await pauseMails(em, userId, { now, until: leaseEnd }))) {
    await waitForMailPause(em, userId);
    return;
  }
  const outcome = await mailer.sendOnce('digest', mail);
  if (outcome === 'unavailable') return retryLater(tools, taken, now);
  if (outcome === 'sent') {
    tally.MAIL.sent++;
    await change(em, userId, { dueAt: null });
  } else await giveUp(tools, taken);
  if (outcome === 'addressRefused')
    await em.nativeUpdate(
      UserEntity,
      { id: userId, email: mail.to },
      { emailRefusedAt: now },
    );
  await endPause(em, userId, new Date(now.getTime() + PAUSE_MS));
}

/** Composes the mail of a digest. @returns null where it is no longer wanted, or there is nothing to say */
async function compose(
  { reads, publicUrl, signatures }: DigestTools,
  { userId, week, since, until }: TakenDigest,
): Promise<Mail | null> {
  const recipient = await readRecipient(reads, userId, {
    channel: 'MAIL',
    topics: ['WEEKLY_DIGEST', 'NEIGHBORHOOD'],
  });
  if (!recipient?.email || !recipient.topics.includes('WEEKLY_DIGEST'))
    return null;
  const digest = await readDigest(reads, userId, {
    since,
    until,
    withNews: !recipient.topics.includes('NEIGHBORHOOD'),
  });
  if (!digest) return null;
  return {
    ...toMail(
      recipient.email,
      digestMail({ publicUrl, signatures }, recipient, digest),
      recipient.language,
    ),
    // The same for each attempt, so that mailboxes drop a second copy.
    id: `${week}.${userId}`,
    unsubscribeUrl: oneClickUrl(
      publicUrl,
      unsubscribeToken(signatures, { userId, topic: 'WEEKLY_DIGEST' }),
    ),
  };
}

/** Ends a digest without a mail: the next one begins where it began. */
async function giveUp(
  { em, tally }: DigestTools,
  { userId, since }: TakenDigest,
): Promise<void> {
  tally.MAIL.failed++;
  await change(em, userId, { dueAt: null, until: since });
}

async function retryLater(
  tools: DigestTools,
  taken: TakenDigest,
  now: Date,
): Promise<void> {
  const { userId, attempts } = taken;
  const delay = RETRY_DELAYS_MS[attempts - 1];
  if (delay === undefined) await giveUp(tools, taken);
  else
    await change(tools.em, userId, {
      dueAt: new Date(now.getTime() + delay),
    });
  // Nothing was sent: other mails need not wait.
  await endPause(tools.em, userId, now);
}

async function change(
  em: EntityManager,
  userId: string,
  values: { dueAt: Date | null; until?: Date },
): Promise<void> {
  await em.nativeUpdate(DigestEntity, { user: userId }, values);
}

async function endPause(
  em: EntityManager,
  userId: string,
  until: Date,
): Promise<void> {
  await em.nativeUpdate(MailPauseEntity, { user: userId }, { until });
}
