import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { SessionEntity } from '../sessions/session.entity';
import { UserEntity } from '../users/user.entity';

/** A browser's push subscription (Push API). It is only used while its session is active. */
export const PushDeviceEntity = defineEntity({
  name: 'PushDevice',
  tableName: 'push_devices',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    user: () => p.manyToOne(UserEntity).ref().deleteRule('cascade').index(),
    session: () =>
      p.manyToOne(SessionEntity).ref().deleteRule('cascade').index(),
    /** Address at the push service; whoever knows it can send to it, but nothing the browser accepts. */
    endpoint: p.string().length(1000).unique().hidden(),
    /** Public key of the browser, as base64url. */
    p256dh: p.string().hidden(),
    /** Secret shared with the browser, as base64url. */
    auth: p.string().hidden(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    /** When the push service last took a push. */
    lastSentAt: p.datetime(3).nullable(),
  },
});

/** A row of `push_devices`. */
export type PushDeviceRow = InferEntity<typeof PushDeviceEntity>;

/** The `PushDevice` of schema.graphql, with the `User-Agent` of its session's login. */
export type PushDevice = Pick<
  PushDeviceRow,
  'id' | 'createdAt' | 'lastSentAt'
> & { sessionId: string; userAgent: string };
