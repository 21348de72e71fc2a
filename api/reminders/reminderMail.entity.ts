import { defineEntity, p } from '@mikro-orm/core';
import { UserEntity } from '../users/user.entity';

/**
 * Record that a user was sent a reminder on a day. Version 0.2.0 writes it, which may still run beside this one;
 * the rows it has left are personal data until they are swept.
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
