import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { UserEntity } from '../users/user.entity';

/** A login, valid until it is revoked or expires, with any number of tokens. */
export const SessionEntity = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidv7()),
    user: () => p.manyToOne(UserEntity).ref().deleteRule('cascade').index(),
    /** SHA-256 of the secret in the browser's cookie, so that a copy of the database is no login. */
    secretHash: p.string().unique().hidden(),
    /** The `User-Agent` of the login. */
    userAgent: p.string(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    lastUsedAt: p.datetime(3).onCreate(() => new Date()),
    /** The absolute end; renewals do not extend it. */
    expiresAt: p.datetime(3).index(),
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

/** Tells whether the session is neither revoked nor expired. */
export const isActive = (
  session: Pick<SessionRow, 'revokedAt' | 'expiresAt'>,
  now: Date,
): boolean => !session.revokedAt && session.expiresAt > now;
