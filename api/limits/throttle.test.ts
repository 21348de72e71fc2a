import { PASSWORD, buildPerson } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { inMinutes, itIs } from '../testing/clock';
import {
  requestPasswordReset,
  resetPassword,
  testAppWithMail,
  tokenIn,
} from '../testing/email';
import { Login, Me, SignUp } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import {
  testApp,
  type Answer,
  type Caller,
  type TestApi,
} from '../testing/testApp';
import { AttemptEntity } from './attempt.entity';
import { deleteExpiredAttempts } from './deleteExpiredAttempts';

const logIn = (caller: Caller, username: string, password: string) =>
  caller.run(Login, { input: { username, password } });

const wrong = (api: TestApi, username: string) =>
  logIn(api.anonymous, username, 'not my password');

/** Visible parts of a response. */
const seen = ({ status, body, headers }: Answer<unknown>) =>
  `${status} ${String(headers['retry-after'])} ${body}`;

const times = async <T>(
  count: number,
  work: () => Promise<T>,
): Promise<T[]> => {
  const results: T[] = [];
  while (results.length < count) results.push(await work());
  return results;
};

describe.each(DATABASES)(
  'logging in with wrong passwords on %s',
  (database) => {
    it('of a hundred concurrent wrong passwords five are checked, for known and unknown usernames', async () => {
      const api = await testApp({ database });
      await buildPerson(api, 'ana');
      const check = jest.spyOn(api.services.passwords, 'matches');

      for (const name of ['ana', 'nobody']) {
        check.mockClear();
        const answers = await Promise.all(
          // However it is written, it is one name.
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

    it('waits after wrong passwords double up to fifteen minutes, and are reported', async () => {
      const api = await testApp({ database });
      const ana = await buildPerson(api, 'ana');
      itIs(new Date());
      await times(5, () => wrong(api, 'ana'));

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
          `There were too many wrong passwords: try again in ${seconds / 60} minute${seconds === 60 ? '' : 's'}`,
        );
        expect(headers['retry-after']).toBe(String(seconds));
        waits.push(seconds / 60);

        itIs(new Date(Date.now() + seconds * 1000 + 1));
        // One more is let through, and not five.
        const [next, after] = [
          await wrong(api, 'ana'),
          await wrong(api, 'ana'),
        ];
        expect([next.status, after.status]).toEqual([401, 429]);
      }

      expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
      // A session that is open already goes on.
      expect((await api.as(ana).run(Me)).status).toBe(200);
    });

    it('throttled logins answer alike for known and unknown usernames', async () => {
      const api = await testApp({ database });
      await buildPerson(api, 'ana');
      itIs(new Date());

      const [known, unknown] = [
        await times(7, () => wrong(api, 'ana')),
        await times(7, () => wrong(api, 'nobody')),
      ];

      expect(known.map(seen)).toEqual(unknown.map(seen));
      expect(known.at(-1)?.status).toBe(429);
    });

    it('a right password resets the failures, also after a wait', async () => {
      const api = await testApp({ database });
      await buildPerson(api, 'ana');
      itIs(new Date());

      for (let round = 0; round < 2; round++) {
        await times(4, () => wrong(api, 'ana'));
        expect((await logIn(api.anonymous, 'ana', PASSWORD)).status).toBe(200);
      }
      await times(5, () => wrong(api, 'ana'));
      itIs(new Date(Date.now() + 60_001));
      expect((await logIn(api.anonymous, 'ana', PASSWORD)).status).toBe(200);

      expect(
        (await times(5, () => wrong(api, 'ana'))).map(({ status }) => status),
      ).toEqual([401, 401, 401, 401, 401]);
      expect((await wrong(api, 'ana')).headers['retry-after']).toBe('60');
    });

    it('a password reset by mail ends the lock of an account', async () => {
      const { api, mailServer } = await testAppWithMail({ database });
      await buildPerson(api, 'ana', { email: 'ana@example.org' });
      await times(6, () => wrong(api, 'ana'));

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

      await times(3, () => wrong(first, 'ana'));
      await times(2, () => wrong(second, 'ana'));
      const third = await testApp({ dataDir, databaseUrl });

      for (const api of [first, second, third])
        expect((await logIn(api.anonymous, 'ana', PASSWORD)).status).toBe(429);
    });

    it('login is refused where attempts cannot be counted', async () => {
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

    it('counts contain no names or addresses, and are deleted when they expire', async () => {
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
  },
);

describe('logging in with the right password', () => {
  it('concurrent right passwords all pass, for one account or from one address', async () => {
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

  it('an unchecked password does not count as a failure', async () => {
    const api = await testApp();
    await buildPerson(api, 'ana');
    const busy = jest
      .spyOn(api.services.passwords, 'matches')
      .mockRejectedValue(new Error('busy'));
    await times(6, () => wrong(api, 'ana'));
    busy.mockRestore();

    expect((await logIn(api.anonymous, 'ana', PASSWORD)).status).toBe(200);
  });
});

describe('an address', () => {
  const from = (api: TestApi, address: string) =>
    api.withHeaders({ 'x-forwarded-for': address });
  const fail = async (api: TestApi, address: string, name: string) =>
    (await logIn(from(api, address), name, 'not my password')).status;

  it('wrong passwords and sign-ups are limited per address', async () => {
    const api = await testApp({
      trustedProxies: ['127.0.0.0/8'],
      loginFailuresPerAddress: 2,
      signUpsPerAddress: 2,
    });
    const signUp = async (address: string, username: string) =>
      (
        await from(api, address).run(SignUp, {
          input: { username, password: 'a quiet street', name: username },
        })
      ).status;

    expect(await fail(api, '192.0.2.1', 'ana')).toBe(401);
    expect(await fail(api, '192.0.2.1', 'ben')).toBe(401);
    expect(await fail(api, '192.0.2.1', 'cem')).toBe(429);
    expect(await fail(api, '::ffff:192.0.2.1', 'cem')).toBe(429);
    expect(await fail(api, '192.0.2.2', 'cem')).toBe(401);

    expect(await signUp('192.0.2.1', 'ana')).toBe(200);
    expect(await signUp('192.0.2.1', 'ben')).toBe(200);
    expect(await signUp('192.0.2.1', 'cem')).toBe(429);
    expect(await signUp('192.0.2.2', 'cem')).toBe(200);
  });

  it('IPv6 addresses are limited per network', async () => {
    const api = await testApp({
      trustedProxies: ['127.0.0.1'],
      loginFailuresPerAddress: 1,
    });

    expect(await fail(api, '2001:db8:1:2::1', 'ana')).toBe(401);
    expect(await fail(api, '2001:db8:1:2:ffff::9', 'ben')).toBe(429);
    expect(await fail(api, '2001:db8:1:3::1', 'ben')).toBe(401);
  });

  it('X-Forwarded-For counts only from trusted proxies, by its last address', async () => {
    const open = await testApp({ loginFailuresPerAddress: 1 });
    expect(await fail(open, '192.0.2.1', 'ana')).toBe(401);
    expect(await fail(open, '192.0.2.2', 'ben')).toBe(429);

    const other = await testApp({
      loginFailuresPerAddress: 1,
      trustedProxies: ['10.0.0.0/8'],
    });
    expect(await fail(other, '192.0.2.1', 'ana')).toBe(401);
    expect(await fail(other, '192.0.2.2', 'ben')).toBe(429);

    const behind = await testApp({
      loginFailuresPerAddress: 1,
      trustedProxies: ['127.0.0.1'],
    });
    expect(await fail(behind, '198.51.100.7, 192.0.2.1', 'ana')).toBe(401);
    expect(await fail(behind, '198.51.100.8, 192.0.2.1', 'ben')).toBe(429);
  });
});

describe('what one person does', () => {
  it('fields with @rateLimit are limited per user', async () => {
    const api = await testApp();
    const [ana, ben] = [
      await buildPerson(api, 'ana'),
      await buildPerson(api, 'ben'),
    ];
    const street = await buildNeighborhood(api, ana);
    const item = await buildItem(api, street, ana);
    const report = (caller: Caller) =>
      caller.run(
        `mutation { reportItem(input: { itemId: "${item.id}", reason: "Spam" }) { errors { code } } }`,
      );

    itIs(new Date());
    const allowed = await times(30, () => report(api.as(ana)));
    const refused = await report(api.as(ana));

    expect(new Set(allowed.map(({ status }) => status))).toEqual(
      new Set([200]),
    );
    expect(refused.status).toBe(429);
    expect(refused.errors?.[0]).toMatchObject({
      message: 'That was very often: try again in 60 minutes',
      extensions: { code: 'TOO_MANY_REQUESTS', retryAfter: 3600 },
    });
    expect((await report(api.as(ben))).status).toBe(200);
  });

  it('reauthentication is throttled without locking the login', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const removeEmail = (password: string) =>
      api
        .as(ana)
        .run<{ removeEmail: { errors: unknown[] } }, never>(
          `mutation { removeEmail(input: { password: "${password}" }) { errors { field } } }`,
        );
    itIs(new Date());
    const mistakes = await times(5, () => removeEmail('not my password'));
    expect(mistakes.map(({ data }) => data.removeEmail.errors)).toEqual(
      mistakes.map(() => [{ field: ['password'] }]),
    );

    const refused = await removeEmail(PASSWORD);

    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('60');
    expect((await logIn(api.anonymous, 'ana', PASSWORD)).status).toBe(200);
  });

  it('password-reset mails are limited, whether or not an account has the address', async () => {
    const api = await testApp();
    await buildPerson(api, 'ana', { email: 'ana@example.org' });
    const forget = (email: string) =>
      api.anonymous.run(
        `mutation { requestPasswordReset(input: { email: "${email}" }) { accepted } }`,
      );

    for (const email of ['ana@example.org', 'nobody@example.org']) {
      const answers = await times(5, () => forget(email));
      expect(answers.map(({ status }) => status)).toEqual(
        answers.map(() => 200),
      );
      expect((await forget(email.toUpperCase())).status).toBe(429);
    }
    expect((await forget('other@example.org')).status).toBe(200);
  });

  it('uploads are limited per user', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const uploads = {
      name: 'uploads',
      times: 300,
      seconds: 3600,
      refusal: 'You have uploaded many pictures',
    };
    itIs(new Date());
    await times(300, () => api.services.throttle.count(uploads, ana.user.id));

    const answer = await api.http.inject({
      method: 'POST',
      url: '/photos',
      headers: { authorization: `Bearer ${ana.accessToken}` },
    });

    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('3600');
    expect(answer.body).toContain('You have uploaded many pictures');
  });
});
