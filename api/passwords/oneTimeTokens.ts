import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '../database/orm';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import {
  OneTimeTokenEntity,
  type OneTimeToken,
  type TokenPurpose,
} from './oneTimeToken.entity';

/** How long a token is valid. */
const LIFETIME_MS = 60 * 60 * 1000;

/**
 * Creates a token, of which only the hash is stored.
 * @returns 256 random bits, as 43 characters that are safe in a URL
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
 * Finds a token without consuming it.
 * @throws UserErrors INVALID where it is unknown or expired
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
 * Consumes a token, within the transaction that uses it. Of concurrent calls, one succeeds.
 * @throws UserErrors INVALID where it was consumed before
 */
export async function consumeToken(
  em: EntityManager,
  { hash }: OneTimeToken,
): Promise<void> {
  const used = await em.nativeDelete(OneTimeTokenEntity, { hash });
  if (used === 0) throw invalidToken();
}

/** Deletes all tokens of a user: a new password or address invalidates every link sent before. */
export async function deleteTokens(
  em: EntityManager,
  userId: string,
): Promise<void> {
  await em.nativeDelete(OneTimeTokenEntity, { user: userId });
}

/** Deletes expired tokens. Safe to run concurrently. */
export async function deleteExpiredTokens(
  em: EntityManager,
  now: Date,
): Promise<void> {
  await em.nativeDelete(OneTimeTokenEntity, { expiresAt: { $lte: now } });
}

/** Creates the error for a token that was used, has expired, was replaced, or never existed. */
export const invalidToken = () =>
  new UserErrors({
    code: 'INVALID',
    message: text('passwords.linkUsed'),
    field: ['token'],
  });

/** Hashes a token: it is random and long, so one round without salt is enough. */
const hashOf = (token: string) =>
  createHash('sha256').update(token).digest('base64url');
