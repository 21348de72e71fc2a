import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { buildPerson, type Person } from '../testing/buildPeople';
import { Login, Me } from '../testing/operations';
import { testApp, type TestApi } from '../testing/testApp';

const HMACS = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' } as const;

const encode = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString(
    'base64url',
  );

/** A valid token, its parts, and the key that signed it. */
type Stolen = {
  token: string;
  key: string;
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  parts: [header: string, payload: string, signature: string];
};

/** Logs a user in and returns a token to tamper with. */
async function steal(): Promise<{ api: TestApi; ana: Person; stolen: Stolen }> {
  const api = await testApp();
  const ana = await buildPerson(api, 'ana');
  const parts = ana.accessToken.split('.') as Stolen['parts'];
  const [header, claims] = parts
    .slice(0, 2)
    .map(
      (part) =>
        JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<
          string,
          unknown
        >,
    );
  if (!header || !claims) throw new Error('A token has three parts');
  const [key = ''] = api.config.jwtSecrets;
  const token = ana.accessToken;
  return { api, ana, stolen: { token, key, header, claims, parts } };
}

const hmac = (alg: keyof typeof HMACS, key: string, text: string) =>
  createHmac(HMACS[alg], key).update(text).digest('base64url');

/** Builds a token with a valid signature from a header and a payload. */
function signed(
  header: unknown,
  payload: unknown,
  key: string,
  alg: keyof typeof HMACS = 'HS256',
): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${hmac(alg, key, text)}`;
}

/** Expects that each token is answered byte for byte like a made-up one. */
async function expectRefused(
  api: TestApi,
  tokens: Record<string, string>,
): Promise<void> {
  const nonsense = await api.as({ accessToken: 'nonsense' }).run(Me);
  expect(nonsense.errors?.[0]?.extensions.reason).toBe('TOKEN_INVALID');
  const seen = ({ status, body, headers }: typeof nonsense) =>
    `${status} ${String(headers['www-authenticate'])} ${body}`;
  const passed: string[] = [];
  for (const [name, accessToken] of Object.entries(tokens)) {
    const answer = await api.as({ accessToken }).run(Me);
    if (seen(answer) !== seen(nonsense))
      passed.push(`${name}: ${seen(answer)}`);
  }
  expect(passed).toEqual([]);
}

test('a token with a changed, added or removed claim and the old signature is refused', async () => {
  const { api, stolen } = await steal();
  const { claims, parts } = stolen;
  const [header, , signature] = parts;
  const withPayload = (payload: object) =>
    `${header}.${encode(payload)}.${signature}`;
  const tokens: Record<string, string> = {
    admin: withPayload({ ...claims, admin: true }),
  };
  for (const name of Object.keys(claims)) {
    const value = claims[name];
    const changed = typeof value === 'number' ? value + 1 : `${String(value)}x`;
    // JSON omits undefined properties.
    tokens[`without ${name}`] = withPayload({ ...claims, [name]: undefined });
    tokens[`another ${name}`] = withPayload({ ...claims, [name]: changed });
  }

  expect(Object.keys(tokens)).toHaveLength(17);
  await expectRefused(api, tokens);
});

test('a token with a claim of another type or value is refused even when signed with the right key', async () => {
  const { api, stolen } = await steal();
  const { header, claims, key } = stolen;
  const now = Math.floor(Date.now() / 1000);
  const wrong: Record<string, unknown[]> = {
    iss: [null, '', 'somebody', ['neighborshare'], {}],
    aud: [null, '', 'somebody', ['neighborshare', 'somebody'], 7],
    sub: [null, '', 7, true, [claims.sub], { id: claims.sub }],
    sid: [null, '', 7, [claims.sid], { $ne: null }],
    jti: [null, '', 7, [], {}],
    iat: [null, '0', now + 3600, 1.5, [now], -1e30],
    exp: [null, `${now + 60}`, 1e30, now + 60.5, Infinity, {}],
    sexp: [null, `${now + 60}`, now - 60, 1.5, {}],
  };
  const tokens: Record<string, string> = {};
  for (const [name, values] of Object.entries(wrong)) {
    tokens[`without ${name}`] = signed(
      header,
      { ...claims, [name]: undefined },
      key,
    );
    for (const value of values)
      tokens[`${name} ${JSON.stringify(value)}`] = signed(
        header,
        { ...claims, [name]: value },
        key,
      );
  }

  await expectRefused(api, tokens);
});

test('a token whose payload is not an object is refused', async () => {
  const { api, stolen } = await steal();
  const { header, claims, key } = stolen;

  await expectRefused(api, {
    'a list': signed(header, [claims], key),
    'one within another': signed(header, { payload: claims }, key),
    'a token within a token': signed(header, stolen.token, key),
    'a text': signed(header, '"ana"', key),
    'a number': signed(header, '7', key),
    nothing: signed(header, '', key),
    null: signed(header, 'null', key),
    'no JSON': signed(header, '{"sub":', key),
  });
});

test('a token with any other header is refused', async () => {
  const { api, stolen } = await steal();
  const { header, claims, key, parts } = stolen;
  const [, payload, signature] = parts;
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
  });
  const withHeader = (changes: object, withKey = key) =>
    signed({ ...header, ...changes }, claims, withKey);
  const rsa = `${encode({ ...header, alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }) })}.${payload}`;

  await expectRefused(api, {
    'no signature, none': `${encode({ ...header, alg: 'none' })}.${payload}.`,
    'no signature, NoNe': `${encode({ ...header, alg: 'NoNe' })}.${payload}.`,
    'none with a signature': `${encode({ ...header, alg: 'none' })}.${payload}.${signature}`,
    'no algorithm': withHeader({ alg: undefined }),
    HS384: signed({ ...header, alg: 'HS384' }, claims, key, 'HS384'),
    HS512: signed({ ...header, alg: 'HS512' }, claims, key, 'HS512'),
    'RS256, with our key as an HMAC': withHeader({ alg: 'RS256' }),
    'RS256, with a key of their own': `${rsa}.${signWith('sha256', Buffer.from(rsa), privateKey).toString('base64url')}`,
    'HS256, with their public key': signed(
      header,
      claims,
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ),
    'no key id': withHeader({ kid: undefined }),
    'an empty key id and key': withHeader({ kid: '' }, ''),
    'a path to an empty file': withHeader({ kid: '../../../dev/null' }, ''),
    'a path to a known file': withHeader({ kid: 'package.json' }, ''),
    SQL: withHeader({ kid: "x' union select 'key" }, 'key'),
    'a command': withHeader({ kid: '|echo key' }, 'key'),
    'a property of every object': withHeader({ kid: 'constructor' }, ''),
    'a list as key id': withHeader({ kid: [header.kid] }),
    'another key': withHeader({}, 'f'.repeat(32)),
    'a key from elsewhere': withHeader({ jku: 'http://127.0.0.1:9/keys' }),
    'a certificate from elsewhere': withHeader({ x5u: 'http://127.0.0.1:9' }),
    'another type': withHeader({ typ: 'JWT' }),
    'no type': withHeader({ typ: undefined }),
    'an extension to understand': withHeader({ crit: ['exp'] }),
    'a payload that is not encoded': withHeader({ b64: false, crit: ['b64'] }),
    'the same twice': signed(
      JSON.stringify(header).replace('{', '{"alg":"none",'),
      claims,
      key,
    ),
    'another order': signed({ kid: header.kid, ...header }, claims, key),
    'white space': signed(` ${JSON.stringify(header)}`, claims, key),
  });
});

test('a token that is truncated, extended or encoded differently is refused', async () => {
  const { api, stolen } = await steal();
  const { token, parts } = stolen;
  const [header, payload, signature] = parts;
  // The last character has unused bits, so that another character decodes to the same bytes.
  const last = signature.at(-1) ?? '';
  const ALPHABET =
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const twin = ALPHABET[ALPHABET.indexOf(last) ^ 1] ?? '';

  await expectRefused(api, {
    'no signature': `${header}.${payload}`,
    'an empty signature': `${header}.${payload}.`,
    'half a signature': `${header}.${payload}.${signature.slice(0, 22)}`,
    'a signature of other characters': `${header}.${payload}.${signature.slice(0, -1)}${twin}`,
    'a signature with padding': `${token}=`,
    'a part more': `${token}.${signature}`,
    'five parts': `${header}..${payload}.${signature}.`,
    'an empty header': `.${payload}.${signature}`,
    'an empty payload': `${header}..${signature}`,
    'dots alone': '..',
    'ten thousand characters': 'a'.repeat(10_000),
    'ten thousand dots': '.'.repeat(10_000),
  });
});

test('secrets, ids and signatures for other purposes are refused as access tokens', async () => {
  const { api, ana } = await steal();
  const { services } = api;
  const login = await api.anonymous.run(Login, {
    input: { username: 'ana', password: 'a quiet street at night' },
  });
  const cookie = String(login.headers['set-cookie']).split(/[=;]/)[1] ?? '';
  expect(cookie.length).toBeGreaterThan(40);

  await expectRefused(api, {
    'the secret of the cookie': cookie,
    'the id of a session': ana.sessionId,
    'the id of a person': ana.user.id,
    'a signature of ours': services.signatures.sign('photo', ana.user.id),
    'a link of a mail': `${ana.user.id}.${services.signatures.sign('unsubscribe', ana.user.id)}`,
  });
});
