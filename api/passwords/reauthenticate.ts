import type { EntityManager } from '../database/orm';
import { Unauthenticated, UserErrors } from '../errors';
import type { Throttle } from '../limits/throttle';
import { UserEntity, type UserRow } from '../users/user.entity';
import type { Passwords } from './passwords';

/** What it takes to check the password of somebody who is logged in. */
export type ReauthenticationDependencies = {
  em: EntityManager;
  passwords: Passwords;
  throttle: Throttle;
};

/**
 * Makes sure that it is the person who asks, and not somebody who found their session open.
 * @param field what the input calls the password
 * @returns the person; whoever has waited since then has to see that the password is still theirs
 * @throws UserErrors INVALID where it is not their password; Unauthenticated where there is no such
 * person any more; TooManyRequests when too many were wrong before; ServiceUnavailable when too many
 * are waiting
 */
export async function reauthenticate(
  { em, passwords, throttle }: ReauthenticationDependencies,
  userId: string,
  password: string,
  field = 'password',
): Promise<UserRow> {
  const user = await em.findOne(UserEntity, { id: userId, deletedAt: null });
  if (!user) throw new Unauthenticated('TOKEN_REVOKED');
  const matches = await throttle.reauthentication.attempt(userId, async () =>
    (await passwords.matches(password, user.passwordHash)) ? true : null,
  );
  if (matches) return user;
  throw wrongPassword(field);
}

/** The error for a password that is not theirs, or not any more. */
export const wrongPassword = (field: string) =>
  new UserErrors({
    code: 'INVALID',
    message: 'This is not your password',
    field: [field],
  });
