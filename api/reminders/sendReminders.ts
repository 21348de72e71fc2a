import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { dayIn, hourIn, type Day } from '../calendar';
import type { EntityManager } from '../database/orm';
import type { Reads } from '../database/reads';
import { FIRST_ID } from '../pagination';
import { toMail } from '../mail/mailTemplate';
import type { MailDependencies } from '../mail/mailer';
import type { Mail } from '../mail/transport';
import type { Signatures } from '../signatures';
import { reminderMail } from './reminderMail';
import { ReminderMailEntity } from './reminderMail.entity';
import {
  readDueItems,
  readUsersToRemind,
  readReminderRecipient,
  readTimeZones,
} from './reminders.reads';
import { oneClickUrl, unsubscribeToken } from '../topics/unsubscribeTokens';

/** Services that sending reminders needs. */
export type ReminderTools = MailDependencies & {
  reads: Reads;
  signatures: Signatures;
};

/** Hours between which reminders are sent. */
const MORNING = { from: 8, before: 12 };
/** Number of recipients read at once. */
const BATCH_SIZE = 1000;
/** How long sent reminders are remembered. */
const REMINDER_TTL_MS = 60 * 24 * 60 * 60 * 1000;

/**
 * Reminds users for whom it is morning and an item is due: once a day, of everything they have
 * borrowed. It may run any number of times, and on several servers at once. If the mail server is
 * unavailable it stops until the next run, so that no user is recorded as reminded without a mail.
 * @param stopping aborts the run
 */
export async function sendReminders(
  tools: ReminderTools,
  now: Date,
  stopping: AbortSignal,
): Promise<void> {
  for (const timeZone of await readTimeZones(tools.reads)) {
    const hour = hourIn(timeZone, now);
    if (hour < MORNING.from || hour >= MORNING.before) continue;
    const today = dayIn(timeZone, now);
    let people: string[] = [];
    do {
      people = await readUsersToRemind(tools.reads, {
        timeZone,
        today,
        after: people.at(-1) ?? FIRST_ID,
        most: BATCH_SIZE,
      });
      for (const userId of people) {
        if (stopping.aborted) return;
        if (!(await claim(tools.em, userId, today))) continue;
        const outcome = await tools.mailer.send('reminder', () =>
          compose(tools, userId),
        );
        if (outcome === 'unavailable') return;
      }
    } while (people.length === BATCH_SIZE);
  }
}

/**
 * Claims a user's reminder of a day for this server, before it is sent: a lost mail is better than a
 * duplicate.
 * @returns false where another server has claimed it
 */
async function claim(
  em: EntityManager,
  user: string,
  day: Day,
): Promise<boolean> {
  try {
    await em.insert(ReminderMailEntity, { user, day, createdAt: new Date() });
    return true;
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return false;
    throw error;
  }
}

/** Composes the mail immediately before it is sent; null where nothing is due or reminders are off. */
async function compose(
  { reads, signatures, publicUrl }: ReminderTools,
  userId: string,
): Promise<Mail | null> {
  const person = await readReminderRecipient(reads, userId);
  const [first, ...others] = await readDueItems(reads, userId, new Date());
  if (!person || !first) return null;
  const token = unsubscribeToken(signatures, {
    userId,
    topic: 'DUE_DATES',
  });
  return {
    ...toMail(
      person.email,
      reminderMail(publicUrl, person, [first, ...others], token),
    ),
    unsubscribeUrl: oneClickUrl(publicUrl, token),
  };
}

/** Deletes old records of sent reminders. Several servers may run it at once. */
export async function sweepReminders(
  em: EntityManager,
  now: Date,
): Promise<void> {
  await em.nativeDelete(ReminderMailEntity, {
    createdAt: { $lt: new Date(now.getTime() - REMINDER_TTL_MS) },
  });
}
