import { logIn, repeat } from '../testing/attempts';
import { buildPerson, PASSWORD } from '../testing/buildPeople';
import { itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import {
  requestPasswordReset,
  resetPassword,
  testAppWithMail,
  tokenIn,
} from '../testing/email';
import { testApp, type Answer } from '../testing/testApp';

const EMAIL = 'Ana@Example.org';

/** Returns the parts of a response that a client can compare. */
const seen = ({ status, body, headers }: Answer<unknown>) =>
  `${status} ${String(headers['retry-after'])} ${body}`;

describe.each(DATABASES)('login by e-mail address on %s', (database) => {
  it('login takes the verified e-mail address in place of the username', async () => {
    const api = await testApp({ database });
    await buildPerson(api, 'ana', { email: EMAIL });
    await buildPerson(api, 'ben', { email: 'ben@Bücher.example' });

    for (const [typed, username] of [
      [EMAIL, 'ana'],
      ['ana@example.ORG', 'ana'],
      [' \u202Aana@exam\u00ADple.org\u202C\u200B\n', 'ana'],
      ['ana＠example.org', 'ana'],
      ['ana', 'ana'],
      ['ben@bücher.example', 'ben'],
      ['BEN@xn--bcher-kva.example', 'ben'],
    ] as const) {
      const { status, data } = await logIn(api.anonymous, typed, PASSWORD);
      expect([typed, status]).toEqual([typed, 200]);
      expect(data.login.user.username).toBe(username);
    }
  });

  it('login answers an unknown, an unverified and a removed address like a wrong password', async () => {
    const api = await testApp({ database });
    await buildPerson(api, 'ana', { email: EMAIL });
    await buildPerson(api, 'ben', { unverifiedEmail: 'ben@example.org' });
    const matches = jest.spyOn(api.services.passwords, 'matches');

    const answers = [
      await logIn(api.anonymous, EMAIL, 'wrong password'),
      await repeat(1, () => logIn(api.anonymous, 'ben@example.org', PASSWORD)),
      await logIn(api.anonymous, 'nobody@example.org', PASSWORD),
      await logIn(api.anonymous, 'nobody@', PASSWORD),
      await logIn(api.anonymous, '@', PASSWORD),
      await logIn(api.anonymous, 'a\0na@example.org', 'wrong password'),
      await logIn(api.anonymous, 'nobody', PASSWORD),
    ].flat();

    expect(new Set(answers.map(seen)).size).toBe(1);
    expect(answers[0]?.errors?.[0]?.extensions.code).toBe(
      'INVALID_CREDENTIALS',
    );
    // Each takes the same work.
    expect(matches).toHaveBeenCalledTimes(answers.length);
  });

  it('an address that several accounts wait for lets in none but the one that verified it', async () => {
    const api = await testApp({ database });
    await buildPerson(api, 'eve', {
      unverifiedEmail: EMAIL,
      passwordHash: await api.services.passwords.hash('the password of eve', {
        person: 'eve',
        network: 'test',
      }),
    });
    await buildPerson(api, 'ana', { email: EMAIL });
    await buildPerson(api, 'kim', { unverifiedEmail: EMAIL });

    const right = await logIn(api.anonymous, EMAIL, PASSWORD);
    const wrong = await logIn(api.anonymous, EMAIL, 'the password of eve');

    expect(right.data.login.user.username).toBe('ana');
    expect(wrong.status).toBe(401);
  });

  it('wrong passwords for an address are limited, whether an account has it or not', async () => {
    const api = await testApp({ database });
    await buildPerson(api, 'ana', { email: EMAIL });
    itIs(new Date());

    const typed = ['ana@example.org', 'ANA@EXAMPLE.ORG'];
    const attempts = (names: string[]) =>
      Promise.all(
        [0, 1, 2, 3, 4, 5, 6, 7].map((index) =>
          logIn(api.anonymous, names[index % 2] ?? '', 'wrong password'),
        ),
      );
    const known = await attempts(typed);
    const unknown = await attempts(typed.map((name) => `x${name}`));

    expect(known.map(seen).sort()).toEqual(unknown.map(seen).sort());
    expect(known.filter(({ status }) => status === 401)).toHaveLength(5);
    // A lock of the address says nothing of the username.
    expect((await logIn(api.anonymous, 'ana', PASSWORD)).status).toBe(200);
    expect((await logIn(api.anonymous, EMAIL, PASSWORD)).status).toBe(429);
  });

  it('a password reset by mail unlocks the address', async () => {
    const { api, mailServer } = await testAppWithMail({ database });
    await buildPerson(api, 'ana', { email: EMAIL });
    await repeat(6, () => logIn(api.anonymous, EMAIL, 'wrong password'));

    await requestPasswordReset(api.anonymous, EMAIL);
    const token = tokenIn(await mailServer.next());
    await resetPassword(api.anonymous, token, 'another quiet street');

    const answer = await logIn(api.anonymous, EMAIL, 'another quiet street');
    expect(answer.status).toBe(200);
  });
});
