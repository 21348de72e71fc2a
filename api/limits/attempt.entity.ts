import { defineEntity, p } from '@mikro-orm/core';

/**
 * How often somebody has tried something: the table in which rate-limiter-flexible counts, whose
 * names for the columns these are. Who it was is kept as a hash alone.
 */
export const AttemptEntity = defineEntity({
  name: 'Attempt',
  tableName: 'attempts',
  properties: {
    /** What was tried, and a hash of who tried it. */
    key: p.string().primary(),
    points: p.integer().default(0),
    /** When it is forgotten, in milliseconds since 1970. */
    expire: p.bigint('number').nullable().index(),
  },
});
