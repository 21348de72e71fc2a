import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '../database/orm';
import { UserErrors } from '../errors';
import {
  OneTimeTokenEntity,
  type OneTimeToken,
  type TokenPurpose,
} from './oneTimeToken.entity';

/** How long a token is good, in milliseconds. */
const LIFETIME_MS = 60 * 60 * 1000;

/**
 * Makes a token, to be sent to an address and kept nowhere.
 * @returns 256 random bits, as 43 characters that can stand in a URL
 */
export async function issueToken(
  em: EntityManager,
  {
    userId,
    ...about
  }: { userId: string; purpose: TokenPurpose; email: string },
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await em.insert(OneTimeTokenEntity, {
    ...about,
    user: userId,
    hash: hashOf(token),
    createdAt: new Date(),
    expiresAt: new Date(Date.now() + LIFETIME_MS),
  });
  return token;
}

/**
 * What a token stands for; it stays as good as it was.
 * @throws UserErrors INVALID where it is none of ours, or no longer good
 */
export async function findToken(
  em: EntityManager,
  purpose: TokenPurpose,
  token: string,
): Promise<OneTimeToken> {
  const found = await em.findOne(OneTimeTokenEntity, {
    hash: hashOf(token),
    purpose,
    expiresAt: { $gt: new Date() },
  });
  if (!found) throw invalidToken();
  return found;
}

/**
 * Uses a token up, for the transaction in which it is used: of several who try at once, one can.
 * @throws UserErrors INVALID where somebody was faster
 */
export async function consumeToken(
  em: EntityManager,
  { hash }: OneTimeToken,
): Promise<void> {
  const used = await em.nativeDelete(OneTimeTokenEntity, { hash });
  if (used === 0) throw invalidToken();
}

/**
 * Makes all tokens of a person useless: with a new password or another address nothing that was
 * sent before is good any more.
 */
export async function deleteTokens(
  em: EntityManager,
  userId: string,
): Promise<void> {
  await em.nativeDelete(OneTimeTokenEntity, { user: userId });
}

/** Deletes the tokens that have expired. It may run anywhere at once. */
export async function deleteExpiredTokens(
  em: EntityManager,
  now: Date,
): Promise<void> {
  await em.nativeDelete(OneTimeTokenEntity, { expiresAt: { $lte: now } });
}

/** One answer for a token that was used, has expired, was replaced, or never was. */
export const invalidToken = () =>
  new UserErrors({
    code: 'INVALID',
    message: 'This link has been used already, or is older than an hour',
    field: ['token'],
  });

/** The token is random and long, so one round without salt is enough. */
const hashOf = (token: string) =>
  createHash('sha256').update(token).digest('base64url');
