import { LockMode } from '@mikro-orm/core';
import { inTransaction } from '../database/transaction';
import type { Throttle } from '../limits/throttle';
import type { MailDependencies } from '../mail/mailer';
import { UserEntity, type UserRow } from '../users/user.entity';
import type { Blocklist } from '../sessions/blocklist';
import {
  deleteTokens,
  findToken,
  invalidToken,
  consumeToken,
} from './oneTimeTokens';
import { sendPasswordNotice } from './passwordMails';
import { assertGoodPassword } from './passwordRules';
import type { Passwords } from './passwords';
import { endSessions } from '../sessions/sessions';

/**
 * Gives a person another password, who can prove that they read the mails of their address. All
 * their sessions end, and no other link that was sent to them is good any more.
 * @param input as the schema's `@constraint`s left it
 * @throws UserErrors where the token is no longer good, or the password too weak, and then the
 * token stays as it was; ServiceUnavailable when too many are logging in
 */
export async function resetPassword(
  tools: MailDependencies & {
    passwords: Passwords;
    blocklist: Blocklist;
    throttle: Throttle;
  },
  { token, newPassword }: { token: string; newPassword: string },
): Promise<UserRow> {
  const { em, passwords, blocklist } = tools;
  const found = await findToken(em, 'RESET_PASSWORD', token);
  const owner = await em.findOneOrFail(UserEntity, { id: found.user.id });
  assertGoodPassword(newPassword, owner.username, 'newPassword');
  const passwordHash = await passwords.hash(newPassword);
  const { user, ended } = await inTransaction(em, async (em) => {
    await consumeToken(em, found);
    const user = await em.findOneOrFail(
      UserEntity,
      { id: owner.id },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (user.email !== found.email) throw invalidToken();
    user.passwordHash = passwordHash;
    await em.flush();
    await deleteTokens(em, user.id);
    return { user, ended: await endSessions(em, user.id, null) };
  });
  for (const sessionId of ended) blocklist.add(sessionId);
  // What others have tried at the old password locks nobody out of the new one.
  await tools.throttle.resetLogins(user.usernameKey);
  sendPasswordNotice(tools, found.email);
  return user;
}
