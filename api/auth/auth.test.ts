import { inMinutes, itIs } from '../testing/clock';
import { buildPerson, PASSWORD, type Person } from '../testing/buildPeople';
import { Login, Logout, Me, RenewSession, SignUp } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp, type Answer, type TestApi } from '../testing/testApp';
import { UserEntity } from '../users/user.entity';
import { sql } from '../database/sql';

const ANA = { username: 'Ana', password: 'a quiet street', name: 'Ana' };

const cookieOf = (answer: Answer<unknown>) =>
  String(answer.headers['set-cookie']).split(';')[0] ?? '';

async function signUp(
  api: TestApi,
  input: Partial<typeof ANA> & { about?: string } = {},
) {
  const answer = await api.anonymous.run(SignUp, {
    input: { ...ANA, ...input },
  });
  return { answer, ...answer.data.signUp };
}

const countUsers = (api: TestApi) =>
  api.services.orm.em.fork().count(UserEntity, {});

describe.each(DATABASES)('signing up on %s', (database) => {
  it('sign-up creates the account and logs in', async () => {
    const api = await testApp({ database });

    const { answer, accessToken, expiresIn, user, errors } = await signUp(api, {
      name: '  Ana ',
      about: 'I have a ladder.',
    });

    expect(errors).toEqual([]);
    expect(user).toMatchObject({
      username: 'Ana',
      name: 'Ana',
      about: 'I have a ladder.',
    });
    expect(expiresIn).toBe(3600);
    expect(answer.headers['cache-control']).toBe('no-store');
    const me = await api.as({ accessToken: accessToken ?? '' }).run(Me);
    expect(me.data.me.id).toBe(user?.id);
  });

  it('usernames are unique regardless of case and compatibility forms', async () => {
    const api = await testApp({ database });
    await signUp(api, { username: 'Straße' });

    const { user, errors } = await signUp(api, { username: 'STRASSE' });

    expect(user).toBeNull();
    expect(errors).toEqual([
      {
        code: 'TAKEN',
        message: 'This username is taken',
        field: ['username'],
      },
    ]);
  });

  it('concurrent sign-ups with one username create one account', async () => {
    const api = await testApp({ database });

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => signUp(api)),
    );

    expect(answers.filter(({ user }) => user)).toHaveLength(1);
    expect(
      answers
        .flatMap(({ errors }) => errors)
        .every(({ code }) => code === 'TAKEN'),
    ).toBe(true);
    expect(await countUsers(api)).toBe(1);
  });

  it('the database contains neither the password nor the cookie secret', async () => {
    const api = await testApp({ database });
    const { answer } = await signUp(api);

    const rows = JSON.stringify([
      await api.services.reads.all(sql`select * from users`),
      await api.services.reads.all(sql`select * from sessions`),
    ]);

    expect(rows).not.toContain(ANA.password);
    expect(rows).not.toContain(cookieOf(answer).split('=')[1]);
  });
});

describe('signing up', () => {
  it.each<[string, Partial<typeof ANA> & { about?: string }, string, string]>([
    ['a username too short', { username: 'an' }, 'username', 'INVALID'],
    [
      'a username too long',
      { username: 'a'.repeat(31) },
      'username',
      'INVALID',
    ],
    ['a username with a space', { username: 'ana b' }, 'username', 'INVALID'],
    ['a username with a NUL', { username: 'ana\0b' }, 'username', 'INVALID'],
    [
      'a username that unfolds into a sentence',
      { username: 'ﷺ'.repeat(20) },
      'username',
      'INVALID',
    ],
    [
      'a username that unfolds into spaces',
      { username: 'ͺͺͺ' },
      'username',
      'INVALID',
    ],
    [
      'a username that nobody can see',
      { username: 'ㅤㅤㅤ' },
      'username',
      'INVALID',
    ],
    [
      'a username of accents alone',
      { username: '\u0301\u0302\u0303' },
      'username',
      'INVALID',
    ],
    ['a username in emoji', { username: '🍋🍋🍋' }, 'username', 'INVALID'],
    ['a password too short', { password: 'seven77' }, 'password', 'WEAK'],
    [
      'a password that everyone uses',
      { password: 'password' },
      'password',
      'WEAK',
    ],
    [
      'the username as the password',
      { username: 'anaanaana', password: 'AnaAnaAna' },
      'password',
      'WEAK',
    ],
    [
      'a password over 72 bytes',
      { password: 'ä'.repeat(37) },
      'password',
      'WEAK',
    ],
    [
      'a password with half a character',
      { password: 'quiet str\ud800eet' },
      'password',
      'WEAK',
    ],
    [
      'a password with a control character',
      { password: 'quiet\u0007street' },
      'password',
      'WEAK',
    ],
    ['an empty name', { name: '   ' }, 'name', 'INVALID'],
    ['a name over two lines', { name: 'Ana\nMaria' }, 'name', 'INVALID'],
    [
      'a name that turns the text around',
      { name: 'Ana\u202ebbb' },
      'name',
      'INVALID',
    ],
    ['a name too long', { name: 'x'.repeat(81) }, 'name', 'INVALID'],
    ['too much about oneself', { about: 'x'.repeat(1001) }, 'about', 'INVALID'],
  ])(
    'sign-up names the field of %s, and stores nothing',
    async (_, input, field, code) => {
      const api = await testApp();

      const { answer, user, accessToken, errors } = await signUp(api, input);

      expect(answer.status).toBe(200);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect({ user, accessToken }).toEqual({ user: null, accessToken: null });
      expect(errors).toEqual([
        { code, message: expect.any(String) as string, field: [field] },
      ]);
      expect(await countUsers(api)).toBe(0);
    },
  );

  it('an emoji counts as one character', async () => {
    const api = await testApp();

    expect((await signUp(api, { name: '🍋'.repeat(80) })).errors).toEqual([]);
  });
});

describe.each(DATABASES)('logging in on %s', (database) => {
  it('login ignores the case of the username but not of the password', async () => {
    const api = await testApp({ database });
    await buildPerson(api, 'Ana');

    const good = await api.anonymous.run(Login, {
      input: { username: 'aNA', password: PASSWORD },
    });
    expect(good.data.login.user.username).toBe('Ana');

    const bad = await api.anonymous.run(Login, {
      input: { username: 'Ana', password: PASSWORD.toUpperCase() },
    });
    expect(bad.status).toBe(401);
    expect(bad.headers['www-authenticate']).toBe(
      'Bearer realm="neighborshare"',
    );
  });

  it('login answers an unknown username byte for byte like a wrong password', async () => {
    const api = await testApp({ database });
    await buildPerson(api, 'ana');

    const answers = await Promise.all(
      ['ana', 'nobody', 'no\0body', '', 'x'.repeat(500)].map((username) =>
        api.anonymous.run(Login, {
          input: { username, password: 'wrong password' },
        }),
      ),
    );

    expect(
      new Set(answers.map(({ status, body }) => `${status} ${body}`)).size,
    ).toBe(1);
    expect(answers[0]?.errors).toEqual([
      expect.objectContaining({
        message: 'Wrong username or password',
        extensions: { code: 'INVALID_CREDENTIALS' },
      }),
    ]);
  });

  it('login does the same work for an unknown username', async () => {
    const api = await testApp({ database });
    const matches = jest.spyOn(api.services.passwords, 'matches');

    await api.anonymous.run(Login, {
      input: { username: 'nobody', password: PASSWORD },
    });

    expect(matches.mock.calls).toEqual([[PASSWORD, null]]);
  });

  it('login rehashes the password when the cost has changed', async () => {
    const api = await testApp({ database, bcryptCost: 5 });
    const { user } = await buildPerson(api, 'ana');
    expect(user.passwordHash).toMatch(/^\$2b\$04\$/);

    // Twice: the new hash must fit as well.
    for (let time = 0; time < 2; time++)
      await api.anonymous.run(Login, {
        input: { username: 'ana', password: PASSWORD },
      });

    const stored = await api.services.orm.em
      .fork()
      .findOneOrFail(UserEntity, { id: user.id });
    expect(stored.passwordHash).toMatch(/^\$2b\$05\$/);
  });
});

describe.each(DATABASES)('going on after a reload on %s', (database) => {
  it('renewSession accepts the cookie set by sign-up and login', async () => {
    const api = await testApp({ database });
    await buildPerson(api, 'ana');
    const login = await api.anonymous.run(Login, {
      input: { username: 'ana', password: PASSWORD },
    });
    expect(login.headers['set-cookie']).toMatch(
      /^neighborshare_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
    );

    const { renewSession } = (
      await api.withHeaders({ cookie: cookieOf(login) }).run(RenewSession)
    ).data;

    expect(renewSession).toMatchObject({
      expiresIn: 3600,
      user: { username: 'ana' },
    });
    const me = await api
      .as({ accessToken: renewSession.accessToken ?? '' })
      .run(Me);
    expect(me.data.me.username).toBe('ana');
  });
});

describe('going on after a reload', () => {
  const NOBODY = { accessToken: null, expiresIn: null, user: null };

  it('renewSession without a cookie is no error', async () => {
    const api = await testApp();

    const answer = await api.anonymous.run(RenewSession);

    expect(answer.status).toBe(200);
    expect(answer.data.renewSession).toEqual(NOBODY);
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    [
      'a sister site',
      { 'sec-fetch-site': 'same-site', origin: 'http://localhost:80' },
    ],
    ['another port', { origin: 'http://localhost:4001' }],
  ])('renewSession ignores the cookie for %s', async (_, headers) => {
    const api = await testApp();
    const { answer } = await signUp(api);
    const cookie = { cookie: cookieOf(answer), host: 'localhost:4000' };
    const own = {
      origin: 'http://localhost:4000',
      'sec-fetch-site': 'same-origin',
    };
    const allowed = await api
      .withHeaders({ ...cookie, ...own })
      .run(RenewSession);
    expect(allowed.data.renewSession.user).not.toBeNull();

    const refused = await api
      .withHeaders({ ...cookie, ...headers })
      .run(RenewSession);
    await api.withHeaders({ ...cookie, ...headers }).run(Logout);

    expect(refused.data.renewSession).toEqual(NOBODY);
    const still = await api
      .withHeaders({ ...cookie, ...own })
      .run(RenewSession);
    expect(still.data.renewSession.user).not.toBeNull();
  });

  it('renewSession ends with the session, thirty days after the login', async () => {
    const api = await testApp();
    const { answer } = await signUp(api);

    itIs(inMinutes(30 * 24 * 60 + 1));
    const late = await api
      .withHeaders({ cookie: cookieOf(answer) })
      .run(RenewSession);

    expect(late.data.renewSession).toEqual(NOBODY);
  });

  it('other fields ignore the session cookie', async () => {
    const api = await testApp();
    const { answer } = await signUp(api);

    expect(
      (await api.withHeaders({ cookie: cookieOf(answer) }).run(Me)).status,
    ).toBe(401);
  });

  it('the session cookie is restricted to TLS in production', async () => {
    const api = await testApp({ production: true });
    const { answer } = await signUp(api);

    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-neighborshare_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const renewed = await api
      .withHeaders({ cookie: cookieOf(answer) })
      .run(RenewSession);
    expect(renewed.data.renewSession.user?.username).toBe('Ana');
  });
});

describe.each(DATABASES)('logging out on %s', (database) => {
  it('logout ends every token of the session, and its cookie', async () => {
    const api = await testApp({ database });
    const { answer, accessToken } = await signUp(api);
    const cookie = { cookie: cookieOf(answer) };
    const renewed = await api.withHeaders(cookie).run(RenewSession);
    const tokens = [
      accessToken ?? '',
      renewed.data.renewSession.accessToken ?? '',
    ];

    const out = await api.as({ accessToken: tokens[0] ?? '' }).run(Logout);

    expect(out.data.logout.loggedOut).toBe(true);
    expect(out.headers['set-cookie']).toMatch(
      /^neighborshare_session=; Max-Age=0;/,
    );
    for (const token of tokens) {
      const refused = await api.as({ accessToken: token }).run(Me);
      expect(refused.status).toBe(401);
      expect(refused.errors?.[0]?.extensions).toEqual({
        code: 'UNAUTHENTICATED',
        reason: 'TOKEN_REVOKED',
      });
    }
    const again = await api.withHeaders(cookie).run(RenewSession);
    expect(again.data.renewSession.user).toBeNull();
  });

  it('logout by the cookie alone ends the session', async () => {
    const api = await testApp({ database });
    const { answer, accessToken } = await signUp(api);

    const out = await api.withHeaders({ cookie: cookieOf(answer) }).run(Logout);

    expect(out.data.logout.loggedOut).toBe(true);
    expect(
      (await api.as({ accessToken: accessToken ?? '' }).run(Me)).status,
    ).toBe(401);
  });
});

describe('logging out', () => {
  it('logout keeps other sessions of the same user', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const login = await api.anonymous.run(Login, {
      input: { username: 'ana', password: PASSWORD },
    });

    await api.as(login.data.login).run(Logout);

    expect((await api.as(ana).run(Me)).status).toBe(200);
  });

  it('logout can be repeated', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');

    const answers = [
      await api.as(ana).run(Logout),
      await api.as(ana).run(Logout),
    ];

    expect(
      answers.map(({ status, data }) => [status, data.logout.loggedOut]),
    ).toEqual([
      [200, true],
      [200, true],
    ]);
  });

  it('logout works with an expired token', async () => {
    const api = await testApp();
    const { answer, accessToken } = await signUp(api);
    const cookie = { cookie: cookieOf(answer) };

    itIs(inMinutes(90));
    const out = await api.as({ accessToken: accessToken ?? '' }).run(Logout);

    expect(out.data.logout.loggedOut).toBe(true);
    expect(
      (await api.withHeaders(cookie).run(RenewSession)).data.renewSession.user,
    ).toBeNull();
  });

  it('logout reports that the request named no session', async () => {
    const api = await testApp();

    const visitor = await api.anonymous.run(Logout);
    const stranger = await api.as({ accessToken: 'made.up.token' }).run(Logout);

    expect(visitor.data.logout.loggedOut).toBe(false);
    expect(stranger.data.logout.loggedOut).toBe(false);
    expect(stranger.extensions.auth).toEqual({ reason: 'TOKEN_INVALID' });
  });

  it('logout never returns a renewed token', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');

    itIs(inMinutes(40));
    expect((await api.as(ana).run(Logout)).extensions.auth).toBeUndefined();
  });
});

describe('sliding renewal', () => {
  const after = async (api: TestApi, ana: Person, minutes: number) => {
    itIs(inMinutes(minutes));
    return api.as(ana).run(Me);
  };

  it('a recent token is not renewed', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');

    expect((await after(api, ana, 29)).extensions.auth).toBeUndefined();
  });

  it('a token is renewed without a query once half of its lifetime is over', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    api.statements.length = 0;

    const { auth } = (await after(api, ana, 31)).extensions;

    expect(api.statements).toHaveLength(1);
    expect(auth?.expiresIn).toBe(3600);
    // 76 minutes after the login the first one has died, and the fresh one lives.
    itIs(inMinutes(45));
    expect((await api.as(ana).run(Me)).status).toBe(401);
    const fresh = await api
      .as({ accessToken: auth?.accessToken ?? '' })
      .run(Me);
    expect(fresh.status).toBe(200);
  });

  it('a failed request does not renew the token', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');

    itIs(inMinutes(31));
    const answer = await api
      .as(ana)
      .run('{ recipes(first: 51) { edges { cursor } } }');

    expect(answer.errors).toHaveLength(1);
    expect(answer.extensions.auth).toBeUndefined();
  });

  it('an expired token is not renewed', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');

    const answer = await after(api, ana, 61);

    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer realm="neighborshare", error="invalid_token"',
    );
    expect(answer.errors?.[0]?.extensions.reason).toBe('TOKEN_EXPIRED');
  });
});
