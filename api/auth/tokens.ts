import {
  createHash,
  createSecretKey,
  randomUUID,
  type KeyObject,
} from 'node:crypto';
import jwt from 'jsonwebtoken';

const ISSUER = 'neighborshare';
const AUDIENCE = 'neighborshare';
/** RFC 9068 section 2.1: what the token is for, so that no other JWT of ours passes as one. */
const TYPE = 'at+jwt';
/** How far, in seconds, the clocks of two of our processes may stand apart. */
const CLOCK_TOLERANCE_SECONDS = 30;

/** How many tokens are remembered as well signed; each takes about a kilobyte. */
const MAX_CACHED_TOKENS = 1000;

/** What an access token says. Times are seconds since 1970, as JWT has them. */
export type Claims = {
  /** The user's id. */
  sub: string;
  /** The session's id: what logout ends. */
  sid: string;
  /** This token's own id. */
  jti: string;
  iat: number;
  exp: number;
  /** When the session ends; no renewal goes past it. */
  sexp: number;
};

/** A new token, and for how many seconds from now it is good. */
export type AccessToken = { accessToken: string; expiresIn: number };

/** What a token turned out to be; an expired one still says whose session it was. */
export type Verified =
  | { status: 'valid'; claims: Claims }
  | { status: 'expired'; claims: Claims }
  | { status: 'invalid' };

/** Makes and checks access tokens. */
export interface Tokens {
  /** The first token of a session, or a later one. `sessionEnd` is the absolute end. */
  sign(session: {
    userId: string;
    sessionId: string;
    sessionEnd: Date;
  }): AccessToken;
  verify(token: string): Verified;
  /** Is the token with these claims still good, as far as the clock goes? */
  isAlive(claims: Claims): boolean;
  /** A fresh token for the same session if less than half of this one's life remains, else null. */
  renew(claims: Claims): AccessToken | null;
}

/**
 * @param secrets the first signs, all verify: that is how a key is rotated
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

  /** A client sends the same token with every request: its signature is checked with the first. */
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

/** Counting from iat as well lets a shorter lifetime hold for tokens made before it was set. */
const endOf = ({ iat, exp }: Claims, lifetime: number) =>
  Math.min(exp, iat + lifetime);

const now = () => Math.floor(Date.now() / 1000);

/** All tokens of a key have the same header, in the order in which jsonwebtoken writes it. */
const headerOf = (secret: string) => ({
  alg: 'HS256' as const,
  typ: TYPE,
  kid: keyId(secret),
});

const encodedHeader = (secret: string) =>
  Buffer.from(JSON.stringify(headerOf(secret))).toString('base64url');

const keyId = (secret: string) =>
  createHash('sha256').update(`kid:${secret}`).digest('base64url').slice(0, 12);

/** With a string, jsonwebtoken would try to read a public key out of it at every call. */
const keyFrom = (secret: string) =>
  createSecretKey(Buffer.from(secret, 'utf8'));

/**
 * The claims of a token that one of our keys signed and whose every part is ours; its end is not
 * looked at. The header is compared as it stands, before anything is parsed: no other algorithm,
 * type, key id or extension gets any further.
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

/** jsonwebtoken checks no claim's presence and no claim's type by itself. */
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
