import { inMinutes, itIs } from '../testing/clock';
import { buildPerson, PASSWORD, type Person } from '../testing/buildPeople';
import { Login, Logout, Me, RenewSession } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { cookieOf, signUp } from '../testing/auth';

describe.each(DATABASES)('renewSession on %s', (database) => {
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

describe('renewSession', () => {
  const NO_SESSION = { accessToken: null, expiresIn: null, user: null };

  it('renewSession without a cookie returns nulls and no error', async () => {
    const api = await testApp();

    const answer = await api.anonymous.run(RenewSession);

    expect(answer.status).toBe(200);
    expect(answer.data.renewSession).toEqual(NO_SESSION);
  });

  it.each<[string, Record<string, string>]>([
    ['a request from another site', { origin: 'https://evil.example' }],
    ['a request with the origin null', { origin: 'null' }],
    ['a request marked as cross-site', { 'sec-fetch-site': 'cross-site' }],
    [
      'a request marked as same-site',
      { 'sec-fetch-site': 'same-site', origin: 'http://localhost:80' },
    ],
    ['a request from another port', { origin: 'http://localhost:4001' }],
  ])('renewSession ignores the cookie of %s', async (_, headers) => {
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

    expect(refused.data.renewSession).toEqual(NO_SESSION);
    const still = await api
      .withHeaders({ ...cookie, ...own })
      .run(RenewSession);
    expect(still.data.renewSession.user).not.toBeNull();
  });

  it('renewSession stops working when the session ends, thirty days after the login', async () => {
    const api = await testApp();
    const { answer } = await signUp(api);

    itIs(inMinutes(30 * 24 * 60 + 1));
    const late = await api
      .withHeaders({ cookie: cookieOf(answer) })
      .run(RenewSession);

    expect(late.data.renewSession).toEqual(NO_SESSION);
  });

  it('fields other than renewSession and logout ignore the session cookie', async () => {
    const api = await testApp();
    const { answer } = await signUp(api);

    expect(
      (await api.withHeaders({ cookie: cookieOf(answer) }).run(Me)).status,
    ).toBe(401);
  });

  it('the session cookie is restricted to TLS where it is required', async () => {
    const api = await testApp({ requiresTls: true });
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

describe.each(DATABASES)('logout on %s', (database) => {
  it('logout revokes every token of the session, and its cookie', async () => {
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

  it('logout with only the cookie ends the session', async () => {
    const api = await testApp({ database });
    const { answer, accessToken } = await signUp(api);

    const out = await api.withHeaders({ cookie: cookieOf(answer) }).run(Logout);

    expect(out.data.logout.loggedOut).toBe(true);
    expect(
      (await api.as({ accessToken: accessToken ?? '' }).run(Me)).status,
    ).toBe(401);
  });
});

describe('logout', () => {
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

  it('logout reports when the request names no session', async () => {
    const api = await testApp();

    const visitor = await api.anonymous.run(Logout);
    const stranger = await api.as({ accessToken: 'made.up.token' }).run(Logout);

    expect(visitor.data.logout.loggedOut).toBe(false);
    expect(stranger.data.logout.loggedOut).toBe(false);
    expect(stranger.extensions.auth).toEqual({ reason: 'TOKEN_INVALID' });
  });

  it('logout returns no renewed token', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');

    itIs(inMinutes(40));
    expect((await api.as(ana).run(Logout)).extensions.auth).toBeUndefined();
  });
});

describe('sliding renewal of access tokens', () => {
  const after = async (api: TestApi, ana: Person, minutes: number) => {
    itIs(inMinutes(minutes));
    return api.as(ana).run(Me);
  };

  it('a recent token is not renewed', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');

    expect((await after(api, ana, 29)).extensions.auth).toBeUndefined();
  });

  it('a token is renewed without an extra query once half of its lifetime is over', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    api.statements.length = 0;

    const { auth } = (await after(api, ana, 31)).extensions;

    expect(api.statements).toHaveLength(1);
    expect(auth?.expiresIn).toBe(3600);
    // 76 minutes after the login the first token has expired, the renewed one not yet.
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
