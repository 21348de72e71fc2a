import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { UserEntity } from '../users/user.entity';

/** What a one-time token is for; one made for something else does not fit. */
export type TokenPurpose = 'VERIFY_EMAIL' | 'RESET_PASSWORD';

/** Proof that somebody reads the mails of an address. Whoever uses it deletes it. */
export const OneTimeTokenEntity = defineEntity({
  name: 'OneTimeToken',
  tableName: 'one_time_tokens',
  properties: {
    /** SHA-256 of the token: who reads the database can use none. */
    hash: p.string().primary().hidden(),
    user: () => p.manyToOne(UserEntity).ref().deleteRule('cascade').index(),
    purpose: p.string().$type<TokenPurpose>(),
    /** Where it was sent to. It is good for nothing once the account has done with that address. */
    email: p.string(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    expiresAt: p.datetime(3).index(),
  },
});

/** A row of `one_time_tokens`. */
export type OneTimeToken = InferEntity<typeof OneTimeTokenEntity>;
