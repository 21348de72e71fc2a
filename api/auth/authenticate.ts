import type { FastifyRequest } from 'fastify';
import type { AuthReason } from '../errors';
import type { Blocklist } from '../sessions/blocklist';
import type { SessionActivity } from '../sessions/sessionActivity';
import type { Claims, Tokens } from './tokens';

/** Who is asking: known from the token alone; the user is not read from the database for it. */
export type Viewer = { userId: string; sessionId: string; claims: Claims };

/** What a request's token turned out to be. */
export type Authentication = {
  viewer: Viewer | null;
  /** Why `viewer` is null; UNKNOWN where revocations cannot be looked up at the moment. */
  authFailure: AuthReason | 'UNKNOWN' | null;
  /** The session that a token named which is good or has expired: what logout ends. */
  tokenSessionId: string | null;
};

type AuthTools = { tokens: Tokens; blocklist: Blocklist };

const anonymous = (
  authFailure: Authentication['authFailure'],
  tokenSessionId: string | null = null,
): Authentication => ({ viewer: null, authFailure, tokenSessionId });

/**
 * Whose token it is, whose session is then in use. It asks no database: only when the blocklist is
 * out of date, that is brought up to date first. It never throws.
 */
export async function authenticate(
  tools: AuthTools & { sessionActivity: SessionActivity },
  header: { token: string } | { reason: AuthReason },
): Promise<Authentication> {
  if ('reason' in header) return anonymous(header.reason);
  const verified = tools.tokens.verify(header.token);
  if (verified.status === 'invalid') return anonymous('TOKEN_INVALID');
  const { claims } = verified;
  const reason = await tokenFailure(tools, claims);
  if (reason) return anonymous(reason, claims.sid);
  tools.sessionActivity.touch(claims.sid);
  return {
    viewer: { userId: claims.sub, sessionId: claims.sid, claims },
    authFailure: null,
    tokenSessionId: claims.sid,
  };
}

/** Why a token that was ours is good no more, or null if it still is: sockets ask again and again. */
export async function tokenFailure(
  { tokens, blocklist }: AuthTools,
  claims: Claims,
): Promise<'TOKEN_EXPIRED' | 'TOKEN_REVOKED' | 'UNKNOWN' | null> {
  if (!tokens.isAlive(claims)) return 'TOKEN_EXPIRED';
  if (blocklist.has(claims.sid)) return 'TOKEN_REVOKED';
  return (await blocklist.isTrusted()) ? null : 'UNKNOWN';
}

/** The token of `Authorization: Bearer <token>` (RFC 6750 section 2.1); nothing else is looked at. */
export function bearerToken({
  headers: { authorization },
  raw: { rawHeaders },
}: FastifyRequest): { token: string } | { reason: AuthReason } {
  if (!authorization) return { reason: 'NO_TOKEN' };
  if (isRepeated(rawHeaders, 'authorization')) return { reason: 'BAD_HEADER' };
  const [scheme, ...parts] = authorization.trim().split(/ +/);
  if (scheme?.toLowerCase() !== 'bearer') return { reason: 'NO_TOKEN' };
  const [token] = parts;
  return token && parts.length === 1 ? { token } : { reason: 'BAD_HEADER' };
}

/** Node keeps the first of two headers and says nothing, so they are counted where they came in. */
const isRepeated = (rawHeaders: readonly string[], name: string) =>
  rawHeaders.filter(
    (header, index) => index % 2 === 0 && header.toLowerCase() === name,
  ).length > 1;
