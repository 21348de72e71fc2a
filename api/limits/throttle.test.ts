import { PASSWORD, buildPerson } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { itIs } from '../testing/clock';
import { SignUp } from '../testing/operations';
import { testApp, type Caller, type TestApi } from '../testing/testApp';
import { logIn, repeat } from '../testing/attempts';
import { untranslated } from '../language/text';

describe('limits per client address', () => {
  const from = (api: TestApi, address: string) =>
    api.withHeaders({ 'x-forwarded-for': address });

  const fail = async (api: TestApi, address: string, name: string) =>
    (await logIn(from(api, address), name, 'not my password')).status;

  it('wrong passwords and sign-ups are limited per client address', async () => {
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

  it('X-Forwarded-For is read from trusted proxies only, by its last address', async () => {
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

describe('limits per user', () => {
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
    const allowed = await repeat(30, () => report(api.as(ana)));
    const refused = await report(api.as(ana));

    expect(new Set(allowed.map(({ status }) => status))).toEqual(
      new Set([200]),
    );
    expect(refused.status).toBe(429);
    expect(refused.errors?.[0]).toMatchObject({
      message: 'Too many requests: try again in 60 minutes',
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
    const mistakes = await repeat(5, () => removeEmail('not my password'));
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
      const answers = await repeat(5, () => forget(email));
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
      refusal: untranslated('You have uploaded too many pictures'),
    };
    itIs(new Date());
    await repeat(300, () => api.services.throttle.count(uploads, ana.user.id));

    const answer = await api.http.inject({
      method: 'POST',
      url: '/photos',
      headers: { authorization: `Bearer ${ana.accessToken}` },
    });

    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('3600');
    expect(answer.body).toContain('You have uploaded too many pictures');
  });
});
