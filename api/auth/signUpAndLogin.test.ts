import { buildPerson, PASSWORD } from '../testing/buildPeople';
import { Login, Me } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { UserEntity } from '../users/user.entity';
import { sql } from '../database/sql';
import { ANA, cookieOf, signUp } from '../testing/auth';

const countUsers = (api: TestApi) =>
  api.services.orm.em.fork().count(UserEntity, {});

describe.each(DATABASES)('sign-up on %s', (database) => {
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

describe('sign-up', () => {
  it.each<[string, Parameters<typeof signUp>[1], string, string]>([
    ['a username too short', { username: 'an' }, 'username', 'INVALID'],
    [
      'a username too long',
      { username: 'a'.repeat(31) },
      'username',
      'INVALID',
    ],
    ['a username with a space', { username: 'ana b' }, 'username', 'INVALID'],
    ['a username of dots only', { username: '...' }, 'username', 'INVALID'],
    [
      'a username that normalizes to a sentence',
      { username: 'ﷺ'.repeat(20) },
      'username',
      'INVALID',
    ],
    [
      'a username that normalizes to spaces',
      { username: 'ͺͺͺ' },
      'username',
      'INVALID',
    ],
    [
      'a username of invisible characters',
      { username: 'ㅤㅤㅤ' },
      'username',
      'INVALID',
    ],
    [
      'a username of combining accents only',
      { username: '\u0301\u0302\u0303' },
      'username',
      'INVALID',
    ],
    ['a username of emoji', { username: '🍋🍋🍋' }, 'username', 'INVALID'],
    ['a password too short', { password: 'seven77' }, 'password', 'WEAK'],
    ['a common password', { password: 'password' }, 'password', 'WEAK'],
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
      'a password with a lone surrogate',
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
    ['a name that is blank', { name: '\u2800\u3164' }, 'name', 'INVALID'],
    ['a name too long', { name: 'x'.repeat(81) }, 'name', 'INVALID'],
    ['an about text too long', { about: 'x'.repeat(1001) }, 'about', 'INVALID'],
    ['an empty e-mail address', { email: '' }, 'email', 'INVALID'],
    [
      'an e-mail address without a domain',
      { email: 'ana@' },
      'email',
      'INVALID',
    ],
    [
      'an e-mail address with a domain that cannot exist',
      { email: 'ana@xn--a.org' },
      'email',
      'INVALID',
    ],
    [
      'an e-mail address too long',
      { email: `ana@${'a.'.repeat(130)}org` },
      'email',
      'INVALID',
    ],
    [
      'two e-mail addresses',
      { email: 'ana@example.org, eve@example.org' },
      'email',
      'INVALID',
    ],
  ])(
    'sign-up refuses %s by naming its field, and stores nothing',
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

  it('an emoji counts as one character of a name', async () => {
    const api = await testApp();

    expect((await signUp(api, { name: '🍋'.repeat(80) })).errors).toEqual([]);
  });
});

describe.each(DATABASES)('login on %s', (database) => {
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

  it('login answers an unknown username exactly like a wrong password', async () => {
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

  it('login compares a password also for an unknown username', async () => {
    const api = await testApp({ database });
    const matches = jest.spyOn(api.services.passwords, 'matches');

    await api.anonymous.run(Login, {
      input: { username: 'nobody', password: PASSWORD },
    });

    expect(matches.mock.calls).toEqual([
      [PASSWORD, null, { person: 'nobody', network: '127.0.0.1' }],
    ]);
  });

  it('login rehashes the password when the bcrypt cost has changed', async () => {
    const api = await testApp({ database, bcryptCost: 5 });
    const { user } = await buildPerson(api, 'ana');
    expect(user.passwordHash).toMatch(/^\$2b\$04\$/);

    // The second login checks the password against the new hash.
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
