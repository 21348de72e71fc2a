import { defineEntity, p } from '@mikro-orm/core';
import { UserEntity } from '../users/user.entity';

/**
 * Until when a user gets no further mail of notifications. A process that is about to send one writes it first,
 * so that two processes never send at once.
 */
export const MailPauseEntity = defineEntity({
  name: 'MailPause',
  tableName: 'mail_pauses',
  properties: {
    user: () =>
      p
        .manyToOne(UserEntity)
        .ref()
        .primary()
        .deleteRule('cascade')
        .index(false),
    until: p.datetime(3),
  },
});
