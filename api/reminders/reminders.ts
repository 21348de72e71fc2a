import type { EntityManager } from '../database/orm';
import { Unauthenticated, UserErrors } from '../errors';
import type { Signatures } from '../signatures';
import { UserEntity, type UserRow } from '../users/user.entity';
import { userOfUnsubscribeToken } from './unsubscribeTokens';

/** Says whether a person wants to be reminded by e-mail. */
export async function updateReminders(
  em: EntityManager,
  userId: string,
  byEmail: boolean,
): Promise<UserRow> {
  const user = await em.findOne(UserEntity, { id: userId });
  if (!user) throw new Unauthenticated('TOKEN_REVOKED');
  user.remindersByEmail = byEmail;
  await em.flush();
  return user;
}

/**
 * Ends somebody's reminders by e-mail. Doing it twice is fine, and so is where the account is gone.
 * @param token what the link in a mail carries
 * @throws UserErrors INVALID where it is none of ours
 */
export async function unsubscribe(
  { em, signatures }: { em: EntityManager; signatures: Signatures },
  token: string,
): Promise<void> {
  const userId = userOfUnsubscribeToken(signatures, token);
  if (!userId)
    throw new UserErrors({
      code: 'INVALID',
      message: 'This link is not complete',
      field: ['token'],
    });
  await em.nativeUpdate(
    UserEntity,
    { id: userId },
    { remindersByEmail: false },
  );
}
