import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { UserEntity } from '../users/user.entity';

/** A login: it lives until it is revoked or its time is over, however many tokens are made from it. */
export const SessionEntity = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    user: () => p.manyToOne(UserEntity).ref().deleteRule('cascade').index(),
    /** SHA-256 of the secret in the browser's cookie: who reads the database cannot log in with it. */
    secretHash: p.string().unique().hidden(),
    /** What the browser said it was when it logged in. */
    userAgent: p.string(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    lastUsedAt: p.datetime(3).onCreate(() => new Date()),
    /** The absolute end; nothing moves it. */
    expiresAt: p.datetime(3),
    revokedAt: p.datetime(3).nullable().index(),
  },
});

/** A row of `sessions`. */
export type SessionRow = InferEntity<typeof SessionEntity>;

/** The `Session` of schema.graphql. */
export type Session = Pick<
  SessionRow,
  'id' | 'userAgent' | 'createdAt' | 'lastUsedAt' | 'expiresAt'
>;

/** Does the session still stand at this moment? */
export const isActive = (
  session: Pick<SessionRow, 'revokedAt' | 'expiresAt'>,
  now: Date,
): boolean => !session.revokedAt && session.expiresAt > now;
