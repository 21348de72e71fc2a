import { validate as isUuid } from 'uuid';
import type { Signatures } from '../signatures';
import { isTopic, type Topic } from './topic';

/** Account and topic of an unsubscribe link. */
export type Unsubscription = { userId: string; topic: Topic };

/**
 * Creates the signed token of an unsubscribe link. It does not expire, as it can only end a user's mails of a
 * topic and mails may be read late.
 */
export const unsubscribeToken = (
  signatures: Signatures,
  { userId, topic }: Unsubscription,
): string =>
  `${userId}.${topic}.${signatures.sign('unsubscribe', `${userId} ${topic}`)}`;

/**
 * Reads an unsubscribe token. One without a topic is from a reminder of an earlier version.
 * @returns null for an invalid token
 */
export function readUnsubscribeToken(
  signatures: Signatures,
  token: string,
): Unsubscription | null {
  const parts = token.split('.');
  const [userId = '', topic = 'DUE_DATES'] =
    parts.length === 3 ? parts : parts.slice(0, 1);
  const signature = parts.at(-1) ?? '';
  const text = parts.length === 3 ? `${userId} ${topic}` : userId;
  const isOurs =
    [2, 3].includes(parts.length) &&
    isUuid(userId) &&
    isTopic(topic) &&
    signatures.verify('unsubscribe', text, signature);
  return isOurs ? { userId, topic } : null;
}

/**
 * Returns the URL for one-click unsubscribe (RFC 8058), whose token is in the query, as mail programs
 * send no fragment.
 */
export const oneClickUrl = (publicUrl: string, token: string): string =>
  `${publicUrl}/unsubscribe?token=${token}`;
