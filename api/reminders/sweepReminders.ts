import type { EntityManager } from '../database/orm';
import { ReminderMailEntity } from './reminderMail.entity';

/** How long records of sent reminders are kept. */
const REMINDER_TTL_MS = 60 * 24 * 60 * 60 * 1000;

/** Deletes old records of reminders of earlier versions. Several servers may run it at once. */
export async function sweepReminders(
  em: EntityManager,
  now: Date,
): Promise<void> {
  await em.nativeDelete(ReminderMailEntity, {
    createdAt: { $lt: new Date(now.getTime() - REMINDER_TTL_MS) },
  });
}
