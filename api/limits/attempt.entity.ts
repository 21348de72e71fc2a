import { defineEntity, p } from '@mikro-orm/core';

/** How often an action was attempted, per actor. The actor is stored as a hash only. */
export const AttemptEntity = defineEntity({
  name: 'Attempt',
  tableName: 'attempts',
  properties: {
    /** The action, and a hash of the actor. */
    key: p.string().primary(),
    points: p.integer().default(0),
    /** Expiry of the count, in milliseconds since 1970. */
    expire: p.bigint('number').nullable().index(),
  },
});
