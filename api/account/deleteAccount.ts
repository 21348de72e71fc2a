import type { Blocklist } from '../sessions/blocklist';
import {
  reauthenticate,
  wrongPassword,
  type ReauthenticationDependencies,
} from '../passwords/reauthenticate';
import { endSessions } from '../sessions/sessions';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { UserErrors, type UserError } from '../errors';
import { text, type Text } from '../language/text';
import { ItemEntity } from '../items/item.entity';
import { cancelPendingLoans } from '../loans/cancelPendingLoans';
import { LoanEntity } from '../loans/loan.entity';
import { HELD_LOAN_STATUSES } from '../loanStatus';
import { deleteNeighborhood } from '../neighborhoods/closeNeighborhood';
import { DELETED_USER, UserEntity } from '../users/user.entity';
import type { MailDependencies } from '../mail/mailer';
import { DEFAULT_LANGUAGE } from '../language/language';
import { sendDeletionMail } from './accountMails';
import { eraseBelongings } from './eraseBelongings';
import { leaveAllNeighborhoods } from './leaveAllNeighborhoods';

/**
 * Deletes an account in one transaction. Personal data is erased, and data that others keep is
 * anonymized. A user with an address gets a mail (docs/decisions/0015-accounts.md).
 * @throws UserErrors INVALID for a wrong password; NOT_ALLOWED while they hold or lend something, or
 * where they are the last steward of others; TooManyRequests after too many wrong passwords;
 * ServiceUnavailable when too many are waiting
 */
export async function deleteAccount(
  tools: MailDependencies &
    ReauthenticationDependencies & { blocklist: Blocklist },
  userId: string,
  password: string,
): Promise<void> {
  const own = await reauthenticate(tools, userId, password);
  const { passwordHash, email, language } = own;
  const ended = await inTransaction(tools.em, (em) =>
    eraseAccount(em, userId, passwordHash),
  );
  for (const each of ended) tools.blocklist.add(each);
  if (email)
    sendDeletionMail(tools, { email, language: language ?? DEFAULT_LANGUAGE });
}

/** @returns the ids of the sessions that have ended */
async function eraseAccount(
  em: EntityManager,
  userId: string,
  passwordHash: string,
): Promise<string[]> {
  // Comes first, as it prevents all further logins, joins, uploads and changes by this user.
  const isStillIt = await em.nativeUpdate(
    UserEntity,
    { id: userId, passwordHash },
    { passwordHash: DELETED_USER.passwordHash, deletedAt: new Date() },
  );
  if (!isStillIt) throw wrongPassword('password');
  const { orphaned, emptied } = await leaveAllNeighborhoods(em, userId);
  await retireItems(em, userId, emptied);
  // Nothing new can start from here on, so the lists below are complete.
  const ofThem = { $or: [{ borrower: userId }, { owner: userId }] };
  await cancelPendingLoans(em, ofThem, userId, 'Has left NeighborShare');
  const held = await em.count(LoanEntity, {
    ...ofThem,
    status: { $in: HELD_LOAN_STATUSES },
  });
  refuse([
    ...(held > 0 ? [OPEN_LOANS_MESSAGE] : []),
    ...orphaned.map(needsSteward),
  ]);
  await eraseBelongings(em, userId);
  for (const { id, isOnlyTheirs } of emptied)
    if (isOnlyTheirs) await deleteNeighborhood(em, id);
  const ended = await endSessions(em, userId, null);
  // The id as the key frees the username: it is too long for a username that a user could choose.
  await em.nativeUpdate(
    UserEntity,
    { id: userId },
    { ...DELETED_USER, usernameKey: userId },
  );
  return ended;
}

/** Retires the user's items, and all items of neighborhoods without members. */
async function retireItems(
  em: EntityManager,
  userId: string,
  emptied: readonly { id: string }[],
): Promise<void> {
  const neighborhood = { $in: emptied.map(({ id }) => id) };
  await em.nativeUpdate(
    ItemEntity,
    { $or: [{ owner: userId }, { neighborhood }], status: { $ne: 'RETIRED' } },
    { status: 'RETIRED', updatedAt: new Date() },
  );
}

/** @throws UserErrors where there are any */
function refuse(messages: readonly Text[]): void {
  const [first, ...rest] = messages.map((message): UserError => ({
    code: 'NOT_ALLOWED',
    message,
    field: null,
  }));
  if (first) throw new UserErrors(first, ...rest);
}

const OPEN_LOANS_MESSAGE = text('account.openLoans');

const needsSteward = (name: string) => text('account.lastStewardOf', { name });
