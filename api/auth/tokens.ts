import {
  createHash,
  createSecretKey,
  randomUUID,
  type KeyObject,
} from 'node:crypto';
import jwt from 'jsonwebtoken';

const ISSUER = 'neighborshare';
const AUDIENCE = 'neighborshare';
/** Type of access tokens (RFC 9068 section 2.1), so that no other JWT of ours passes as one. */
const TYPE = 'at+jwt';
/** Allowed difference between the clocks of two processes. */
const CLOCK_TOLERANCE_SECONDS = 30;

/** Tokens whose verified claims are cached; each takes about a kilobyte. */
const MAX_CACHED_TOKENS = 1000;

/** Claims of an access token. Times are seconds since 1970. */
export type Claims = {
  /** The user's id. */
  sub: string;
  /** The session's id. */
  sid: string;
  /** This token's own id. */
  jti: string;
  iat: number;
  exp: number;
  /** End of the session, which limits every renewal. */
  sexp: number;
};

/** A new token, and its lifetime in seconds. */
export type AccessToken = { accessToken: string; expiresIn: number };

/** Result of verifying a token; an expired one still has its claims. */
export type Verified =
  | { status: 'valid'; claims: Claims }
  | { status: 'expired'; claims: Claims }
  | { status: 'invalid' };

/** Signs and verifies access tokens. */
export interface Tokens {
  /** Signs a token of a session; `sessionEnd` limits its lifetime. */
  sign(session: {
    userId: string;
    sessionId: string;
    sessionEnd: Date;
  }): AccessToken;
  verify(token: string): Verified;
  /** Tells whether the token of these claims has not expired. */
  isAlive(claims: Claims): boolean;
  /** Signs a new token for the same session if less than half of the lifetime remains, else null. */
  renew(claims: Claims): AccessToken | null;
}

/**
 * @param secrets the first signs, all verify, so that keys can be rotated
 * @param lifetime of a token, in seconds
 */
export function createTokens(
  secrets: readonly [string, ...string[]],
  lifetime: number,
): Tokens {
  const keys = new Map(
    secrets.map((secret) => [encodedHeader(secret), keyFrom(secret)]),
  );
  const signingKey = keyFrom(secrets[0]);

  /** Clients send the same token with every request; its signature is checked once. */
  const verifiedClaims = new Map<string, Claims>();

  function claimsOf(token: string): Claims | null {
    const known = verifiedClaims.get(token);
    if (known) return known;
    const claims = signedClaims(token, keys);
    if (!claims) return null;
    const [oldest] = verifiedClaims.keys();
    if (oldest && verifiedClaims.size >= MAX_CACHED_TOKENS)
      verifiedClaims.delete(oldest);
    verifiedClaims.set(token, claims);
    return claims;
  }

  function signUntil(sub: string, sid: string, sexp: number): AccessToken {
    const iat = now();
    const exp = Math.min(iat + lifetime, sexp);
    const claims: Claims = { sub, sid, jti: randomUUID(), iat, exp, sexp };
    const accessToken = jwt.sign(
      { ...claims, iss: ISSUER, aud: AUDIENCE },
      signingKey,
      {
        algorithm: 'HS256',
        header: headerOf(secrets[0]),
      },
    );
    return { accessToken, expiresIn: exp - iat };
  }

  const isAlive = (claims: Claims) => endOf(claims, lifetime) > now();

  return {
    sign: ({ userId, sessionId, sessionEnd }) =>
      signUntil(userId, sessionId, Math.floor(sessionEnd.getTime() / 1000)),

    verify(token) {
      const claims = claimsOf(token);
      if (!claims) return { status: 'invalid' };
      return { status: isAlive(claims) ? 'valid' : 'expired', claims };
    },

    isAlive,

    renew(claims) {
      const { sub, sid, sexp } = claims;
      const end = endOf(claims, lifetime);
      const canExtend = Math.min(now() + lifetime, sexp) > end;
      const isOld = end - now() < lifetime / 2;
      return canExtend && isOld ? signUntil(sub, sid, sexp) : null;
    },
  };
}

/** Applies the lifetime to `iat` as well, so that shortening it affects existing tokens. */
const endOf = ({ iat, exp }: Claims, lifetime: number) =>
  Math.min(exp, iat + lifetime);

const now = () => Math.floor(Date.now() / 1000);

/** Header of all tokens of a key, in the order in which jsonwebtoken writes it. */
const headerOf = (secret: string) => ({
  alg: 'HS256' as const,
  typ: TYPE,
  kid: keyId(secret),
});

const encodedHeader = (secret: string) =>
  Buffer.from(JSON.stringify(headerOf(secret))).toString('base64url');

const keyId = (secret: string) =>
  createHash('sha256').update(`kid:${secret}`).digest('base64url').slice(0, 12);

/** Creates a KeyObject: with a string, jsonwebtoken would try to parse a public key at every call. */
const keyFrom = (secret: string) =>
  createSecretKey(Buffer.from(secret, 'utf8'));

/**
 * Verifies the signature and the claims of a token, but not its expiry. The encoded header is compared
 * before anything is parsed, so that any other algorithm, type, key id or extension is refused.
 */
function signedClaims(
  token: string,
  keys: ReadonlyMap<string, KeyObject>,
): Claims | null {
  const key = keys.get(token.slice(0, token.indexOf('.')));
  if (!key) return null;
  try {
    const payload: unknown = jwt.verify(token, key, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: AUDIENCE,
      ignoreExpiration: true,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    return isClaims(payload) && payload.iat <= now() + CLOCK_TOLERANCE_SECONDS
      ? payload
      : null;
  } catch {
    return null;
  }
}

/** Checks the presence and type of each claim, which jsonwebtoken does not. */
function isClaims(payload: unknown): payload is Claims {
  if (typeof payload !== 'object' || payload === null) return false;
  const { aud, sub, sid, jti, iat, exp, sexp } = payload as Record<
    string,
    unknown
  >;
  const named = [sub, sid, jti].every(
    (value) => typeof value === 'string' && value.length > 0,
  );
  const timed = [iat, exp, sexp].every(Number.isSafeInteger);
  return (
    named && timed && aud === AUDIENCE && (exp as number) <= (sexp as number)
  );
}
