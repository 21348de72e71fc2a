import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { UserEntity } from '../users/user.entity';

/** Purpose of a one-time token; it is invalid for any other. */
export type TokenPurpose = 'VERIFY_EMAIL' | 'RESET_PASSWORD';

/** Token sent by mail, as a proof of access to the address. Deleted when it is used. */
export const OneTimeTokenEntity = defineEntity({
  name: 'OneTimeToken',
  tableName: 'one_time_tokens',
  properties: {
    /** SHA-256 of the token, so that a copy of the database reveals none. */
    hash: p.string().primary().hidden(),
    user: () => p.manyToOne(UserEntity).ref().deleteRule('cascade').index(),
    purpose: p.string().$type<TokenPurpose>(),
    /** The recipient. The token is invalid once the account no longer uses this address. */
    email: p.string(),
    createdAt: p.datetime(3).onCreate(() => new Date()),
    expiresAt: p.datetime(3).index(),
  },
});

/** A row of `one_time_tokens`. */
export type OneTimeToken = InferEntity<typeof OneTimeTokenEntity>;
