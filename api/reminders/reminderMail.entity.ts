import { defineEntity, p } from '@mikro-orm/core';
import { UserEntity } from '../users/user.entity';

/**
 * That somebody gets no further mail of reminders on a day: written before the one mail is sent,
 * so that of several servers one sends it, and none sends it again after a crash.
 */
export const ReminderMailEntity = defineEntity({
  name: 'ReminderMail',
  tableName: 'reminder_mails',
  properties: {
    user: () => p.manyToOne(UserEntity).ref().primary().deleteRule('cascade'),
    /** As `2026-05-01`, in the neighborhood where it was morning. */
    day: p.string().length(10).primary(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
  },
});
