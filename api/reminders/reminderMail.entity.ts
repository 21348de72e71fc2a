import { defineEntity, p } from '@mikro-orm/core';
import { UserEntity } from '../users/user.entity';

/**
 * Record that a user gets no further reminder on a day. It is written before the mail is sent, so that
 * only one of several servers sends it, and none sends it again after a crash.
 */
export const ReminderMailEntity = defineEntity({
  name: 'ReminderMail',
  tableName: 'reminder_mails',
  properties: {
    user: () =>
      p
        .manyToOne(UserEntity)
        .ref()
        .primary()
        .deleteRule('cascade')
        .index(false),
    /** As `2026-05-01`, in the neighborhood where it was morning. */
    day: p.string().length(10).primary(),
    createdAt: p
      .datetime(3)
      .onCreate(() => new Date())
      .index(),
  },
});
