import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { Unauthenticated, UserErrors } from '../errors';
import { DEFAULT_LANGUAGE } from '../language/language';
import { text } from '../language/text';
import {
  consumeToken,
  deleteTokens,
  findToken,
  invalidToken,
} from '../passwords/oneTimeTokens';
import {
  reauthenticate,
  wrongPassword,
  type ReauthenticationDependencies,
} from '../passwords/reauthenticate';
import { requireEmailKey } from '../users/requireEmailKey';
import { emailKey, UserEntity, type UserRow } from '../users/user.entity';
import {
  sendChangeNotice,
  sendRemovalNotice,
  sendVerification,
  type VerificationDependencies,
} from './emailAddressMails';

/** Services that these verbs need. */
export type EmailDependencies = VerificationDependencies &
  ReauthenticationDependencies;

/**
 * Stores an address to be verified and sends the link there. Whether another account has the address
 * makes no difference here: only the mail says so.
 * @throws UserErrors where the address is invalid or already verified, or the password is wrong
 */
export async function changeEmail(
  tools: EmailDependencies,
  userId: string,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const key = requireEmailKey(email);
  const { passwordHash } = await reauthenticate(tools, userId, password);
  const user = await inTransaction(tools.em, (em) =>
    updateEmail(em, userId, (user) => {
      if (user.passwordHash !== passwordHash) throw wrongPassword('password');
      // One that mail servers refused may be verified again.
      if (user.emailKey === key && !user.emailRefusedAt)
        throw new UserErrors({
          code: 'INVALID',
          message: text('emailAddress.same'),
          field: ['email'],
        });
      user.unverifiedEmail = email;
    }),
  );
  sendVerification(tools, userId, email);
  if (user.email && user.emailKey !== key)
    sendChangeNotice(tools, {
      email: user.email,
      language: user.language ?? DEFAULT_LANGUAGE,
    });
}

/**
 * Sends the verification link again.
 * @throws UserErrors NOT_FOUND where this is not the address to be verified
 */
export async function resendVerification(
  tools: VerificationDependencies,
  userId: string,
  email: string,
): Promise<void> {
  const user = await tools.em.findOne(UserEntity, {
    id: userId,
    deletedAt: null,
  });
  if (!user) throw new Unauthenticated('TOKEN_REVOKED');
  if (user.unverifiedEmail !== email) throw notPending();
  sendVerification(tools, userId, email);
}

/**
 * Discards the address to be verified, and invalidates the link sent there.
 * @throws UserErrors NOT_FOUND where this is not the address to be verified
 */
export async function cancelEmailChange(
  em: EntityManager,
  userId: string,
  email: string,
): Promise<void> {
  await inTransaction(em, (em) =>
    updateEmail(em, userId, (user) => {
      if (user.unverifiedEmail !== email) throw notPending();
      user.unverifiedEmail = null;
    }),
  );
}

const notPending = () =>
  new UserErrors({
    code: 'NOT_FOUND',
    message: text('emailAddress.notPending'),
    field: ['email'],
  });

/**
 * Removes the verified address, and one to be verified.
 * @throws UserErrors where the password is wrong
 */
export async function removeEmail(
  tools: EmailDependencies,
  userId: string,
  password: string,
): Promise<void> {
  const { passwordHash, language } = await reauthenticate(
    tools,
    userId,
    password,
  );
  const removed = await inTransaction(tools.em, async (em) => {
    let verified: string | null = null;
    await updateEmail(em, userId, (user) => {
      if (user.passwordHash !== passwordHash) throw wrongPassword('password');
      verified = user.email ?? null;
      user.email = null;
      user.emailKey = null;
      user.emailRefusedAt = null;
      user.unverifiedEmail = null;
    });
    return verified;
  });
  if (removed)
    sendRemovalNotice(tools, {
      email: removed,
      language: language ?? DEFAULT_LANGUAGE,
    });
}

/** Edits the addresses of a user, and invalidates all links sent before. */
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
 * Marks an address as verified. Where two accounts verify the same one concurrently, the unique index
 * admits one.
 * @returns the owner and their address
 * @throws UserErrors where the token is invalid, or another account has verified the address
 */
export async function verifyEmail(
  em: EntityManager,
  token: string,
): Promise<{ userId: string; email: string }> {
  const found = await findToken(em, 'VERIFY_EMAIL', token);
  const { email } = found;
  try {
    const user = await inTransaction(em, async (em) => {
      await consumeToken(em, found);
      return updateEmail(em, found.user.id, (user) => {
        if (user.unverifiedEmail !== email) throw invalidToken();
        user.email = email;
        user.emailKey = emailKey(email);
        user.emailRefusedAt = null;
        user.unverifiedEmail = null;
      });
    });
    return { userId: user.id, email };
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw emailTaken();
    throw error;
  }
}

const emailTaken = () =>
  new UserErrors({
    code: 'TAKEN',
    message: text('emailAddress.taken'),
    field: ['token'],
  });
