import type { EntityManager } from '../database/orm';
import { Unauthenticated, UserErrors } from '../errors';
import { text } from '../language/text';
import type { Throttle } from '../limits/throttle';
import { UserEntity, type UserRow } from '../users/user.entity';
import type { Passwords } from './passwords';

/** Services that reauthentication needs. */
export type ReauthenticationDependencies = {
  em: EntityManager;
  passwords: Passwords;
  throttle: Throttle;
  /** Network of the client. */
  network: string;
};

/**
 * Checks the password of a logged-in user, in case their session was left open.
 * @param field name of the password in the input
 * @returns the user; callers that have waited since must check that the hash is unchanged
 * @throws UserErrors INVALID where the password is wrong; Unauthenticated where the account no longer
 * exists; TooManyRequests when too many were wrong before; ServiceUnavailable when too many are
 * waiting
 */
export async function reauthenticate(
  { em, passwords, throttle, network }: ReauthenticationDependencies,
  userId: string,
  password: string,
  field = 'password',
): Promise<UserRow> {
  const user = await em.findOne(UserEntity, { id: userId, deletedAt: null });
  if (!user) throw new Unauthenticated('TOKEN_REVOKED');
  const requester = { person: userId, network };
  const matches = await throttle.reauthentication.attempt(userId, async () =>
    (await passwords.matches(password, user.passwordHash, requester))
      ? true
      : null,
  );
  if (matches) return user;
  throw wrongPassword(field);
}

/** Creates the error for a password that is wrong, or no longer valid. */
export const wrongPassword = (field: string) =>
  new UserErrors({
    code: 'INVALID',
    message: text('passwords.wrong'),
    field: [field],
  });
