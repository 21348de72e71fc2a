import { defineEntity, p } from '@mikro-orm/core';
import { UserEntity } from '../users/user.entity';
import type { Topic } from '../generated/types';

/** A user's choice of channels for a topic; without a row the defaults apply. */
export const TopicChoiceEntity = defineEntity({
  name: 'TopicChoice',
  tableName: 'topic_choices',
  properties: {
    user: () =>
      p
        .manyToOne(UserEntity)
        .ref()
        .primary()
        .deleteRule('cascade')
        .index(false),
    topic: p.string().$type<Topic>().primary(),
    push: p.boolean(),
    mail: p.boolean(),
  },
});
