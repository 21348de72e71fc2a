import { LockMode } from '@mikro-orm/core';
import { inTransaction } from '../database/transaction';
import { DEFAULT_LANGUAGE } from '../language/language';
import type { Throttle } from '../limits/throttle';
import type { MailDependencies } from '../mail/mailer';
import type { Blocklist } from '../sessions/blocklist';
import { endSessions } from '../sessions/sessions';
import { UserEntity } from '../users/user.entity';
import {
  consumeToken,
  deleteTokens,
  findToken,
  invalidToken,
} from './oneTimeTokens';
import { sendPasswordNotice } from './passwordMails';
import { assertGoodPassword } from './passwordRules';
import type { Passwords } from './passwords';

/**
 * Sets a new password for the owner of a mailed token. Ends all their sessions and invalidates every
 * other link sent to them.
 * @param input as the schema's `@constraint`s left it
 * @returns the user's id
 * @throws UserErrors where the token is invalid or the password too weak, which leaves the token
 * usable; ServiceUnavailable when too many are logging in
 */
export async function resetPassword(
  tools: MailDependencies & {
    passwords: Passwords;
    blocklist: Blocklist;
    throttle: Throttle;
    network: string;
  },
  { token, newPassword }: { token: string; newPassword: string },
): Promise<string> {
  const { em, passwords, blocklist, network } = tools;
  const found = await findToken(em, 'RESET_PASSWORD', token);
  const owner = await em.findOneOrFail(UserEntity, { id: found.user.id });
  assertGoodPassword(newPassword, owner.username, 'newPassword');
  const passwordHash = await passwords.hash(newPassword, {
    person: owner.id,
    network,
  });
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
  // Failed attempts at the old password must not lock the owner out of the new one.
  for (const name of [user.usernameKey, user.emailKey])
    if (name) await tools.throttle.resetLogins(name);
  sendPasswordNotice(tools, {
    email: found.email,
    language: user.language ?? DEFAULT_LANGUAGE,
  });
  return user.id;
}
