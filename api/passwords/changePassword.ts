import { inTransaction } from '../database/transaction';
import type { MailDependencies } from '../mail/mailer';
import { UserEntity } from '../users/user.entity';
import type { Blocklist } from '../sessions/blocklist';
import { deleteTokens } from './oneTimeTokens';
import {
  reauthenticate,
  wrongPassword,
  type ReauthenticationDependencies,
} from './reauthenticate';
import { sendPasswordNotice } from './passwordMails';
import { assertGoodPassword } from './passwordRules';
import { endSessions } from '../sessions/sessions';

/**
 * Chooses another password: whoever got in with the old one is out. All other sessions end, and
 * links that were to reset it are good for nothing. Whoever has an address is told.
 * @param viewer who asks, and the session that goes on
 * @returns how many sessions have ended
 * @throws UserErrors where the old one is wrong or the new one weak; TooManyRequests after too many
 * wrong ones; ServiceUnavailable when too many are waiting
 */
export async function changePassword(
  tools: MailDependencies &
    ReauthenticationDependencies & { blocklist: Blocklist },
  { userId, sessionId }: { userId: string; sessionId: string },
  input: { currentPassword: string; newPassword: string },
): Promise<number> {
  const { id, username, passwordHash, email } = await reauthenticate(
    tools,
    userId,
    input.currentPassword,
    'currentPassword',
  );
  assertGoodPassword(input.newPassword, username, 'newPassword');
  const newHash = await tools.passwords.hash(input.newPassword);
  const ended = await inTransaction(tools.em, async (em) => {
    // Somebody else may have changed it since it was compared; and no login overtakes this.
    const isUnchanged = await em.nativeUpdate(
      UserEntity,
      { id, passwordHash },
      { passwordHash: newHash },
    );
    if (!isUnchanged) throw wrongPassword('currentPassword');
    await deleteTokens(em, id);
    return endSessions(em, id, sessionId);
  });
  for (const each of ended) tools.blocklist.add(each);
  if (email) sendPasswordNotice(tools, email);
  return ended.length;
}
