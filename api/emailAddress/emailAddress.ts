import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import {
  dropTokens,
  findToken,
  noLongerGood,
  useToken,
} from '../passwords/oneTimeTokens';
import {
  assertOwnPassword,
  notYours,
  type OwnPasswordTools,
} from '../passwords/reauthenticate';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { Unauthenticated, UserErrors } from '../errors';
import type { MailTools } from '../mail/mailer';
import { emailKey, UserEntity, type UserRow } from '../users/user.entity';
import {
  sendChangeNotice,
  sendRemovalNotice,
  sendVerification,
  type VerificationTools,
} from './emailAddressMails';

/** What the verbs of this file work with. */
export type EmailTools = MailTools & OwnPasswordTools;

/**
 * Takes an address that is to be verified, and sends the link there. Whether another account has
 * it makes no difference here: only the mail says so.
 * @throws UserErrors where it is no address or the one that counts already, or the password is wrong
 */
export async function changeEmail(
  tools: EmailTools,
  userId: string,
  { email, password }: { email: string; password: string },
): Promise<UserRow> {
  const key = emailKey(email);
  if (!key) throw refusal('There is no such address');
  const { passwordHash } = await assertOwnPassword(tools, userId, password);
  const user = await inTransaction(tools.em, (em) =>
    change(em, userId, (user) => {
      if (user.passwordHash !== passwordHash) throw notYours('password');
      if (user.emailKey === key) throw refusal('This is your address already');
      user.unverifiedEmail = email;
    }),
  );
  sendVerification(tools, userId, email);
  if (user.email) sendChangeNotice(tools, user.email);
  return user;
}

const refusal = (message: string) =>
  new UserErrors({ code: 'INVALID', message, field: ['email'] });

/**
 * Sends the link once more.
 * @throws UserErrors NOT_FOUND where this is not the address that waits
 */
export async function resendVerification(
  tools: VerificationTools,
  userId: string,
  email: string,
): Promise<UserRow> {
  const user = await tools.em.findOne(UserEntity, {
    id: userId,
    deletedAt: null,
  });
  if (!user) throw new Unauthenticated('TOKEN_REVOKED');
  if (user.unverifiedEmail !== email) throw isNotWaiting();
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
    change(em, userId, (user) => {
      if (user.unverifiedEmail !== email) throw isNotWaiting();
      user.unverifiedEmail = null;
    }),
  );

const isNotWaiting = () =>
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
  tools: EmailTools,
  userId: string,
  password: string,
): Promise<UserRow> {
  const { passwordHash } = await assertOwnPassword(tools, userId, password);
  const { user, removed } = await inTransaction(tools.em, async (em) => {
    let removed: string | null = null;
    const user = await change(em, userId, (user) => {
      if (user.passwordHash !== passwordHash) throw notYours('password');
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
async function change(
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
  await dropTokens(em, userId);
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
      await useToken(em, found);
      return change(em, found.user.id, (user) => {
        if (user.unverifiedEmail !== found.email) throw noLongerGood();
        user.email = found.email;
        user.emailKey = emailKey(found.email);
        user.unverifiedEmail = null;
      });
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw isTaken();
    throw error;
  }
}

const isTaken = () =>
  new UserErrors({
    code: 'TAKEN',
    message: 'Another account of NeighborShare has this address by now',
    field: ['token'],
  });
