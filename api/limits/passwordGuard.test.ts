import { PASSWORD, buildPerson } from '../testing/buildPeople';
import { inMinutes, itIs } from '../testing/clock';
import {
  requestPasswordReset,
  resetPassword,
  testAppWithMail,
  tokenIn,
} from '../testing/email';
import { Me } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp, type Answer, type TestApi } from '../testing/testApp';
import { AttemptEntity } from './attempt.entity';
import { deleteExpiredAttempts } from './deleteExpiredAttempts';
import { logIn, repeat } from '../testing/attempts';

/** Logs in with a wrong password. */
const wrong = (api: TestApi, username: string) =>
  logIn(api.anonymous, username, 'not my password');

/** Returns the parts of a response that a client can compare. */
const seen = ({ status, body, headers }: Answer<unknown>) =>
  `${status} ${String(headers['retry-after'])} ${body}`;

describe.each(DATABASES)('wrong passwords on %s', (database) => {
  it('five of a hundred concurrent wrong passwords are checked, for known and unknown usernames', async () => {
    const api = await testApp({ database });
    await buildPerson(api, 'ana');
    const check = jest.spyOn(api.services.passwords, 'matches');

    for (const name of ['ana', 'nobody']) {
      check.mockClear();
      const answers = await Promise.all(
        // Usernames are counted regardless of case.
        Array.from({ length: 100 }, (_, index) =>
          wrong(api, index % 2 ? name : name.toUpperCase()),
        ),
      );

      expect(check).toHaveBeenCalledTimes(5);
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 401)).toHaveLength(5);
      expect(statuses.filter((status) => status === 429)).toHaveLength(95);
    }
  });

  it('waits after wrong passwords double up to fifteen minutes, and are part of the response', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    itIs(new Date());
    await repeat(5, () => wrong(api, 'ana'));

    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      const { status, headers, errors } = await logIn(
        api.anonymous,
        'ana',
        PASSWORD,
      );
      const [error] = errors ?? [];
      expect(status).toBe(429);
      const seconds = Number(error?.extensions.retryAfter);
      expect(error?.extensions.code).toBe('TOO_MANY_REQUESTS');
      expect(error?.message).toBe(
        `Too many wrong passwords: try again in ${seconds / 60} minute${seconds === 60 ? '' : 's'}`,
      );
      expect(headers['retry-after']).toBe(String(seconds));
      waits.push(seconds / 60);

      itIs(new Date(Date.now() + seconds * 1000 + 1));
      // After a wait one more attempt is allowed, not five.
      const [next, after] = [await wrong(api, 'ana'), await wrong(api, 'ana')];
      expect([next.status, after.status]).toEqual([401, 429]);
    }

    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
    // Open sessions stay valid.
    expect((await api.as(ana).run(Me)).status).toBe(200);
  });

  it('throttled logins answer alike for known and unknown usernames', async () => {
    const api = await testApp({ database });
    await buildPerson(api, 'ana');
    itIs(new Date());

    const [known, unknown] = [
      await repeat(7, () => wrong(api, 'ana')),
      await repeat(7, () => wrong(api, 'nobody')),
    ];

    expect(known.map(seen)).toEqual(unknown.map(seen));
    expect(known.at(-1)?.status).toBe(429);
  });

  it('a right password resets the counted failures, also after a wait', async () => {
    const api = await testApp({ database });
    await buildPerson(api, 'ana');
    itIs(new Date());

    for (let round = 0; round < 2; round++) {
      await repeat(4, () => wrong(api, 'ana'));
      expect((await logIn(api.anonymous, 'ana', PASSWORD)).status).toBe(200);
    }
    await repeat(5, () => wrong(api, 'ana'));
    itIs(new Date(Date.now() + 60_001));
    expect((await logIn(api.anonymous, 'ana', PASSWORD)).status).toBe(200);

    expect(
      (await repeat(5, () => wrong(api, 'ana'))).map(({ status }) => status),
    ).toEqual([401, 401, 401, 401, 401]);
    expect((await wrong(api, 'ana')).headers['retry-after']).toBe('60');
  });

  it('a password reset by mail unlocks the account', async () => {
    const { api, mailServer } = await testAppWithMail({ database });
    await buildPerson(api, 'ana', { email: 'ana@example.org' });
    await repeat(6, () => wrong(api, 'ana'));

    await requestPasswordReset(api.anonymous, 'ana@example.org');
    const token = tokenIn(await mailServer.next());
    await resetPassword(api.anonymous, token, 'another quiet street');

    const answer = await logIn(api.anonymous, 'ana', 'another quiet street');
    expect(answer.status).toBe(200);
  });

  it('wrong passwords are counted across servers and restarts', async () => {
    const first = await testApp({ database });
    await buildPerson(first, 'ana');
    const { dataDir, databaseUrl } = first.config;
    const second = await testApp({ dataDir, databaseUrl });

    await repeat(3, () => wrong(first, 'ana'));
    await repeat(2, () => wrong(second, 'ana'));
    const third = await testApp({ dataDir, databaseUrl });

    for (const api of [first, second, third])
      expect((await logIn(api.anonymous, 'ana', PASSWORD)).status).toBe(429);
  });

  it('of sixty concurrent wrong passwords from one network no more than its limit are checked', async () => {
    const api = await testApp({ database, loginFailuresPerAddress: 5 });
    const check = jest.spyOn(api.services.passwords, 'matches');

    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => wrong(api, `nobody${index}`)),
    );

    expect(check).toHaveBeenCalledTimes(5);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(55);
  });

  it('login is refused while attempts cannot be counted', async () => {
    const api = await testApp({ database });
    await buildPerson(api, 'ana');
    const check = jest.spyOn(api.services.passwords, 'matches');
    const log = jest.spyOn(api.http.log, 'error');
    await api.services.orm.em.getConnection().execute('drop table attempts');

    const answer = await logIn(api.anonymous, 'ana', PASSWORD);

    expect(answer.status).toBe(503);
    expect(answer.errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE');
    expect(answer.headers['retry-after']).toBe('1');
    expect(check).not.toHaveBeenCalled();
    expect(log).toHaveBeenCalledWith(
      expect.anything(),
      'attempts cannot be counted',
    );
  });

  it('counted attempts contain no usernames or client addresses, and are deleted when they expire', async () => {
    const api = await testApp({ database });
    await wrong(api, 'my password in the wrong field');
    const em = api.services.orm.em.fork();
    const rows = JSON.stringify(await em.find(AttemptEntity, {}));
    expect(rows).toContain('login');
    expect(rows).not.toMatch(/wrong field|127\.0\.0\.1/);

    expect(await deleteExpiredAttempts(em, inMinutes(59))).toBe(0);
    expect(await deleteExpiredAttempts(em, inMinutes(61))).toBe(2);
    expect(await em.count(AttemptEntity, {})).toBe(0);
  });
});

describe('right passwords', () => {
  it('concurrent right passwords all pass, for one account and from one client address', async () => {
    const api = await testApp({ loginFailuresPerAddress: 3 });
    const names = ['ana', 'ben', 'cem', 'dia', 'eva', 'fox'];
    for (const name of names) await buildPerson(api, name);

    const answers = await Promise.all(
      [...names, ...names.map(() => 'ana')].map((name) =>
        logIn(api.anonymous, name, PASSWORD),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });

  it('far too many right passwords of one account are refused, and no other account is', async () => {
    const api = await testApp();
    for (const name of ['ana', 'ben']) await buildPerson(api, name);
    itIs(new Date());
    await repeat(300, () =>
      api.services.throttle.guardLogin(
        { name: 'ana', network: '192.0.2.1' },
        () => Promise.resolve('right'),
      ),
    );

    const refused = await logIn(api.anonymous, 'ana', PASSWORD);

    expect(refused.status).toBe(429);
    expect(refused.errors?.[0]?.message).toBe(
      'You have logged in too many times: try again in 60 minutes',
    );
    expect((await logIn(api.anonymous, 'ben', PASSWORD)).status).toBe(200);
  });

  it('a password that could not be checked does not count as a failure', async () => {
    const api = await testApp();
    await buildPerson(api, 'ana');
    const busy = jest
      .spyOn(api.services.passwords, 'matches')
      .mockRejectedValue(new Error('busy'));
    await repeat(6, () => wrong(api, 'ana'));
    busy.mockRestore();

    expect((await logIn(api.anonymous, 'ana', PASSWORD)).status).toBe(200);
  });
});
