import { validate as isUuid } from 'uuid';
import type { Signatures } from '../signatures';

/**
 * Creates the signed token of an unsubscribe link. It does not expire, as it can only end a user's
 * reminders and mails may be read late.
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

/**
 * Returns the URL for one-click unsubscribe (RFC 8058), whose token is in the query, as mail programs
 * send no fragment.
 */
export const oneClickUrl = (publicUrl: string, token: string): string =>
  `${publicUrl}/unsubscribe?token=${token}`;
