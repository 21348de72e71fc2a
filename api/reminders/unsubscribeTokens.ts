import { validate as isUuid } from 'uuid';
import type { Signatures } from '../signatures';

/**
 * Makes the signed token of an unsubscribe link. It can only end a user's reminders, so it need not
 * expire: mails are read late.
 */
export const unsubscribeToken = (
  signatures: Signatures,
  userId: string,
): string => `${userId}.${signatures.sign('unsubscribe', userId)}`;

/** Returns the user of an unsubscribe token; null for an invalid one. */
export function userOfUnsubscribeToken(
  signatures: Signatures,
  token: string,
): string | null {
  const [userId = '', signature = '', ...more] = token.split('.');
  const isOurs =
    more.length === 0 &&
    isUuid(userId) &&
    signatures.verify('unsubscribe', userId, signature);
  return isOurs ? userId : null;
}

/** Where one click of a mail program ends them (RFC 8058): that cannot follow a `#`. */
export const oneClickUrl = (publicUrl: string, token: string): string =>
  `${publicUrl}/unsubscribe?token=${token}`;
