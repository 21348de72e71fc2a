import type { FastifyRequest } from 'fastify';
import type { AuthReason } from '../errors';
import type { Blocklist } from '../sessions/blocklist';
import type { SessionActivity } from '../sessions/sessionActivity';
import type { Claims, Tokens } from './tokens';

/** The authenticated user, as known from the token alone. */
export type Viewer = { userId: string; sessionId: string; claims: Claims };

/** Result of authenticating a request. */
export type Authentication = {
  viewer: Viewer | null;
  /** Why `viewer` is null; UNKNOWN where revocations cannot be read at the moment. */
  authFailure: AuthReason | 'UNKNOWN' | null;
  /** Session of a valid or expired token, which logout revokes. */
  tokenSessionId: string | null;
};

type AuthTools = { tokens: Tokens; blocklist: Blocklist };

const anonymous = (
  authFailure: Authentication['authFailure'],
  tokenSessionId: string | null = null,
): Authentication => ({ viewer: null, authFailure, tokenSessionId });

/**
 * Authenticates a token, and marks its session as used. Makes no query unless the blocklist is out of
 * date, which is then updated first. Never throws.
 */
export async function authenticate(
  tools: AuthTools & { sessionActivity: SessionActivity },
  header: Credentials,
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

/** Returns why the token of these claims is no longer valid; null if it is. Sockets call it repeatedly. */
export async function tokenFailure(
  { tokens, blocklist }: AuthTools,
  claims: Claims,
): Promise<'TOKEN_EXPIRED' | 'TOKEN_REVOKED' | 'UNKNOWN' | null> {
  if (!tokens.isAlive(claims)) return 'TOKEN_EXPIRED';
  if (blocklist.has(claims.sid)) return 'TOKEN_REVOKED';
  return (await blocklist.isTrusted()) ? null : 'UNKNOWN';
}

/** Token of a request, or why there is none. */
export type Credentials = { token: string } | { reason: AuthReason };

/** Reads the token of `Authorization: Bearer <token>` (RFC 6750 section 2.1), the only accepted form. */
export function bearerToken({
  headers: { authorization },
  raw: { rawHeaders },
}: FastifyRequest): Credentials {
  if (!authorization) return { reason: 'NO_TOKEN' };
  if (isRepeated(rawHeaders, 'authorization')) return { reason: 'BAD_HEADER' };
  return parseAuthorization(authorization);
}

/** Parses the value of an `Authorization` header. */
export function parseAuthorization(value: string): Credentials {
  const [scheme, ...parts] = value.trim().split(/ +/);
  if (scheme?.toLowerCase() !== 'bearer') return { reason: 'NO_TOKEN' };
  const [token] = parts;
  return token && parts.length === 1 ? { token } : { reason: 'BAD_HEADER' };
}

/** Counts raw headers: Node silently keeps the first of two. */
const isRepeated = (rawHeaders: readonly string[], name: string) =>
  rawHeaders.filter(
    (header, index) => index % 2 === 0 && header.toLowerCase() === name,
  ).length > 1;
