import type { EntityManager } from '../database/orm';
import { Unauthenticated, UserErrors } from '../errors';
import type { Signatures } from '../signatures';
import { UserEntity } from '../users/user.entity';
import { userOfUnsubscribeToken } from './unsubscribeTokens';

/**
 * Sets whether a user is reminded by e-mail.
 * @throws Unauthenticated where the account has been deleted
 */
export async function updateReminders(
  em: EntityManager,
  userId: string,
  byEmail: boolean,
): Promise<void> {
  const changed = await em.nativeUpdate(
    UserEntity,
    { id: userId, deletedAt: null },
    { remindersByEmail: byEmail },
  );
  if (!changed) throw new Unauthenticated('TOKEN_REVOKED');
}

/**
 * Ends the reminders by e-mail of the user of a token. Repeating it changes nothing, and neither does a
 * token of a deleted account.
 * @param token from the link in a mail
 * @throws UserErrors INVALID for an invalid token
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
