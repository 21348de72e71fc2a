import { inTransaction } from '../database/transaction';
import { DEFAULT_LANGUAGE } from '../language/language';
import type { MailDependencies } from '../mail/mailer';
import type { Blocklist } from '../sessions/blocklist';
import { endSessions } from '../sessions/sessions';
import { UserEntity } from '../users/user.entity';
import { deleteTokens } from './oneTimeTokens';
import { sendPasswordNotice } from './passwordMails';
import { assertGoodPassword } from './passwordRules';
import {
  reauthenticate,
  wrongPassword,
  type ReauthenticationDependencies,
} from './reauthenticate';

/**
 * Changes the viewer's password. Ends all their other sessions, invalidates links that reset it, and
 * notifies them by mail if they have a verified address.
 * @param viewer the user, and the session that continues
 * @returns how many sessions were ended
 * @throws UserErrors where the old password is wrong or the new one weak; TooManyRequests after too
 * many wrong ones; ServiceUnavailable when too many are waiting
 */
export async function changePassword(
  tools: MailDependencies &
    ReauthenticationDependencies & { blocklist: Blocklist },
  { userId, sessionId }: { userId: string; sessionId: string },
  input: { currentPassword: string; newPassword: string },
): Promise<number> {
  const { id, username, passwordHash, email, language } = await reauthenticate(
    tools,
    userId,
    input.currentPassword,
    'currentPassword',
  );
  assertGoodPassword(input.newPassword, username, 'newPassword');
  const newHash = await tools.passwords.hash(input.newPassword, {
    person: userId,
    network: tools.network,
  });
  const ended = await inTransaction(tools.em, async (em) => {
    // The condition fails where the password was changed since the comparison; and it serializes this
    // with logins.
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
  if (email)
    sendPasswordNotice(tools, {
      email,
      language: language ?? DEFAULT_LANGUAGE,
    });
  return ended.length;
}
