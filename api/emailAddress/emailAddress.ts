import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import {
  deleteTokens,
  findToken,
  invalidToken,
  consumeToken,
} from '../passwords/oneTimeTokens';
import {
  reauthenticate,
  wrongPassword,
  type ReauthenticationDependencies,
} from '../passwords/reauthenticate';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { Unauthenticated, UserErrors } from '../errors';
import type { MailDependencies } from '../mail/mailer';
import { emailKey, UserEntity, type UserRow } from '../users/user.entity';
import {
  sendChangeNotice,
  sendRemovalNotice,
  sendVerification,
  type VerificationDependencies,
} from './emailAddressMails';

/** What the verbs of this file work with. */
export type EmailDependencies = MailDependencies & ReauthenticationDependencies;

/**
 * Takes an address that is to be verified, and sends the link there. Whether another account has
 * it makes no difference here: only the mail says so.
 * @throws UserErrors where it is no address or the one that counts already, or the password is wrong
 */
export async function changeEmail(
  tools: EmailDependencies,
  userId: string,
  { email, password }: { email: string; password: string },
): Promise<UserRow> {
  const key = emailKey(email);
  if (!key) throw invalidEmail('There is no such address');
  const { passwordHash } = await reauthenticate(tools, userId, password);
  const user = await inTransaction(tools.em, (em) =>
    updateEmail(em, userId, (user) => {
      if (user.passwordHash !== passwordHash) throw wrongPassword('password');
      if (user.emailKey === key)
        throw invalidEmail('This is your address already');
      user.unverifiedEmail = email;
    }),
  );
  sendVerification(tools, userId, email);
  if (user.email) sendChangeNotice(tools, user.email);
  return user;
}

const invalidEmail = (message: string) =>
  new UserErrors({ code: 'INVALID', message, field: ['email'] });

/**
 * Sends the link once more.
 * @throws UserErrors NOT_FOUND where this is not the address that waits
 */
export async function resendVerification(
  tools: VerificationDependencies,
  userId: string,
  email: string,
): Promise<UserRow> {
  const user = await tools.em.findOne(UserEntity, {
    id: userId,
    deletedAt: null,
  });
  if (!user) throw new Unauthenticated('TOKEN_REVOKED');
  if (user.unverifiedEmail !== email) throw notPending();
  sendVerification(tools, userId, email);
  return user;
}

/**
 * Thinks better of an address; the link that was sent there is no longer good.
 * @throws UserErrors NOT_FOUND where this is not the address that waits
 */
export const cancelEmailChange = (
  em: EntityManager,
  userId: string,
  email: string,
): Promise<UserRow> =>
  inTransaction(em, (em) =>
    updateEmail(em, userId, (user) => {
      if (user.unverifiedEmail !== email) throw notPending();
      user.unverifiedEmail = null;
    }),
  );

const notPending = () =>
  new UserErrors({
    code: 'NOT_FOUND',
    message: 'This address does not wait to be verified',
    field: ['email'],
  });

/**
 * Takes away the address that counts, and one that waits.
 * @throws UserErrors where the password is wrong
 */
export async function removeEmail(
  tools: EmailDependencies,
  userId: string,
  password: string,
): Promise<UserRow> {
  const { passwordHash } = await reauthenticate(tools, userId, password);
  const { user, removed } = await inTransaction(tools.em, async (em) => {
    let removed: string | null = null;
    const user = await updateEmail(em, userId, (user) => {
      if (user.passwordHash !== passwordHash) throw wrongPassword('password');
      removed = user.email ?? null;
      user.email = null;
      user.emailKey = null;
      user.unverifiedEmail = null;
    });
    return { user, removed };
  });
  if (removed) sendRemovalNotice(tools, removed);
  return user;
}

/** Changes something about somebody's addresses: no link that was sent before is good from then on. */
async function updateEmail(
  em: EntityManager,
  userId: string,
  edit: (user: UserRow) => void,
): Promise<UserRow> {
  const user = await em.findOne(
    UserEntity,
    { id: userId, deletedAt: null },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!user) throw new Unauthenticated('TOKEN_REVOKED');
  edit(user);
  await deleteTokens(em, userId);
  await em.flush();
  return user;
}

/**
 * Makes an address the one that counts. Of two accounts that verify the same one at once, the
 * unique index lets one.
 * @returns whose it is
 * @throws UserErrors where the token is no longer good, or another account has the address by now
 */
export async function verifyEmail(
  em: EntityManager,
  token: string,
): Promise<UserRow> {
  const found = await findToken(em, 'VERIFY_EMAIL', token);
  try {
    return await inTransaction(em, async (em) => {
      await consumeToken(em, found);
      return updateEmail(em, found.user.id, (user) => {
        if (user.unverifiedEmail !== found.email) throw invalidToken();
        user.email = found.email;
        user.emailKey = emailKey(found.email);
        user.unverifiedEmail = null;
      });
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw emailTaken();
    throw error;
  }
}

const emailTaken = () =>
  new UserErrors({
    code: 'TAKEN',
    message: 'Another account of NeighborShare has this address by now',
    field: ['token'],
  });
