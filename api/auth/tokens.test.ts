import { createHmac } from 'node:crypto';
import { itIs as setClock } from '../testing/clock';
import { createTokens, type Claims, type Tokens } from './tokens';

const SECRET = '0123456789abcdefghijklmnopqrstuv';
const OLDER = 'zyxwvutsrqponmlkjihgfedcba987654';
const LIFETIME = 3600;
const SESSION = {
  userId: 'user',
  sessionId: 'session',
  sessionEnd: new Date('2026-06-01T00:00:00Z'),
};

const itIs = (moment: string) => {
  setClock(new Date(moment));
};

function valid(tokens: Tokens, token: string): Claims {
  const verified = tokens.verify(token);
  if (verified.status !== 'valid')
    throw new Error(`The token is ${verified.status}`);
  return verified.claims;
}

const encode = (part: object) =>
  Buffer.from(JSON.stringify(part)).toString('base64url');
const decode = (part = '') =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as object;

/** Changes claims or the header of a token and signs it again with the right key. */
function forge(
  token: string,
  payload: object = {},
  header: { alg?: string } = {},
): string {
  const [oldHeader, oldPayload] = token.split('.');
  const signed = [
    encode({ ...decode(oldHeader), ...header }),
    encode({ ...decode(oldPayload), ...payload }),
  ].join('.');
  const hash = header.alg === 'HS512' ? 'sha512' : 'sha256';
  return `${signed}.${createHmac(hash, SECRET).update(signed).digest('base64url')}`;
}

describe('access tokens', () => {
  beforeEach(() => {
    itIs('2026-05-01T12:00:00Z');
  });

  it('an access token names its user and session, and is valid for its lifetime', () => {
    const tokens = createTokens([SECRET], LIFETIME);
    const { accessToken, expiresIn } = tokens.sign(SESSION);

    expect(expiresIn).toBe(LIFETIME);
    expect(valid(tokens, accessToken)).toMatchObject({
      sub: 'user',
      sid: 'session',
    });
    itIs('2026-05-01T12:59:59Z');
    expect(tokens.verify(accessToken).status).toBe('valid');
    itIs('2026-05-01T13:00:00Z');
    expect(tokens.verify(accessToken).status).toBe('expired');
  });

  it('an access token never outlives its session', () => {
    itIs('2026-05-31T23:30:00Z');
    const tokens = createTokens([SECRET], LIFETIME);

    expect(tokens.sign(SESSION).expiresIn).toBe(1800);
  });

  it('an access token is renewed with a new id when less than half of its lifetime remains', () => {
    const tokens = createTokens([SECRET], LIFETIME);
    const claims = valid(tokens, tokens.sign(SESSION).accessToken);

    itIs('2026-05-01T12:30:00Z');
    expect(tokens.renew(claims)).toBeNull();
    itIs('2026-05-01T12:30:01Z');
    const renewed = tokens.renew(claims);
    expect(renewed?.expiresIn).toBe(LIFETIME);
    const fresh = valid(tokens, renewed?.accessToken ?? '');
    expect(fresh).toMatchObject({
      sub: 'user',
      sid: 'session',
      sexp: claims.sexp,
    });
    expect(fresh.jti).not.toBe(claims.jti);
  });

  it('an access token is not renewed near the end of its session, where renewal would not extend it', () => {
    itIs('2026-05-31T23:30:00Z');
    const tokens = createTokens([SECRET], LIFETIME);
    const claims = valid(tokens, tokens.sign(SESSION).accessToken);

    itIs('2026-05-31T23:55:00Z');
    expect(tokens.renew(claims)).toBeNull();
  });

  it('an access token expires earlier when the configured lifetime was shortened after its issue', () => {
    const { accessToken } = createTokens([SECRET], LIFETIME).sign(SESSION);

    itIs('2026-05-01T12:10:00Z');
    expect(createTokens([SECRET], 300).verify(accessToken).status).toBe(
      'expired',
    );
  });

  it('an access token issued before the lifetime was shortened is renewed with the shorter one', () => {
    const old = createTokens([SECRET], LIFETIME).sign(SESSION).accessToken;
    const tokens = createTokens([SECRET], 600);

    itIs('2026-05-01T12:06:00Z');
    expect(tokens.renew(valid(tokens, old))?.expiresIn).toBe(600);
  });

  it('access tokens of an older key stay valid, and new ones are signed with the first key', () => {
    const { accessToken } = createTokens([OLDER], LIFETIME).sign(SESSION);
    const rotated = createTokens([SECRET, OLDER], LIFETIME);

    expect(rotated.verify(accessToken).status).toBe('valid');
    expect(
      createTokens([SECRET], LIFETIME).verify(rotated.sign(SESSION).accessToken)
        .status,
    ).toBe('valid');
    expect(createTokens([SECRET], LIFETIME).verify(accessToken).status).toBe(
      'invalid',
    );
  });

  it.each<[string, object, object]>([
    ['has no end', { exp: undefined }, {}],
    ['has a string as its end', { exp: '9999999999' }, {}],
    ['has no subject', { sub: undefined }, {}],
    ['has a number as its subject', { sub: 7 }, {}],
    ['has an empty session', { sid: '' }, {}],
    ['has no id', { jti: undefined }, {}],
    ['has no session end', { sexp: undefined }, {}],
    ['ends after its session', { exp: 1_900_000_000 }, {}],
    ['comes from the future', { iat: 1_777_640_000 }, {}],
    ['has no date of issue', { iat: undefined }, {}],
    ['is from another issuer', { iss: 'somebody' }, {}],
    ['is for another audience', { aud: 'somebody' }, {}],
    ['is for several audiences', { aud: ['neighborshare', 'somebody'] }, {}],
    ['is of another type', {}, { typ: 'JWT' }],
    ['names no key', {}, { kid: undefined }],
    ['names an unknown key', {}, { kid: 'unknown' }],
    ['names a path as its key', {}, { kid: '../../dev/null' }],
    ['has an extension that must be understood', {}, { crit: ['exp'] }],
    ['is signed with another HMAC algorithm', {}, { alg: 'HS512' }],
  ])(
    'an access token that %s is invalid even with the right signature',
    (_, payload, header) => {
      const tokens = createTokens([SECRET], LIFETIME);
      const { accessToken } = tokens.sign(SESSION);
      expect(tokens.verify(forge(accessToken)).status).toBe('valid');

      expect(tokens.verify(forge(accessToken, payload, header)).status).toBe(
        'invalid',
      );
    },
  );

  it('an access token without a complete signature is invalid', () => {
    const tokens = createTokens([SECRET], LIFETIME);
    const [header = '', payload = '', signature = ''] = tokens
      .sign(SESSION)
      .accessToken.split('.');
    const none = encode({ ...decode(header), alg: 'none' });

    for (const token of [
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${header}.${payload}.${signature.slice(0, -2)}`,
      'no token at all',
      '',
      '..',
    ])
      expect(tokens.verify(token).status).toBe('invalid');
  });
});
