import { cookieOf, signUp } from '../testing/auth';
import { RenewSession } from '../testing/operations';
import { testApp, type TestAppOptions } from '../testing/testApp';

const PUBLIC: TestAppOptions = {
  publicUrl: 'https://share.example.org',
  isPublicUrlSet: true,
  requiresTls: true,
};
/** Production without PUBLIC_URL. */
const UNSET: TestAppOptions = { requiresTls: true };

/** Starts a server, and sends it a request for each of the headers. @returns the logged addresses */
async function addressesLogged(
  options: TestAppOptions,
  ...requests: Record<string, string>[]
): Promise<unknown[]> {
  const { http } = await testApp(options);
  const warn = jest.spyOn(http.log, 'warn');
  for (const headers of requests) {
    await http.inject({ url: '/login', headers });
    await http.inject({ method: 'POST', url: '/graphql', headers });
  }
  return warn.mock.calls.map(
    ([fields]) => (fields as { address: string }).address,
  );
}

describe('the check of PUBLIC_URL', () => {
  it.each<[string, TestAppOptions, Record<string, string>, string]>([
    ['over plain HTTP', PUBLIC, { host: 'share.lan:4000' }, 'share.lan:4000'],
    [
      'over plain HTTP without PUBLIC_URL',
      UNSET,
      { host: '192.168.1.5:4000' },
      '192.168.1.5:4000',
    ],
    [
      'at another name of the server',
      PUBLIC,
      { host: 'other.example.org', origin: 'https://other.example.org' },
      'https://other.example.org',
    ],
    [
      'by plain HTTP at the right name',
      PUBLIC,
      { host: 'share.example.org', origin: 'http://share.example.org' },
      'http://share.example.org',
    ],
    [
      'behind a proxy that hides the host',
      PUBLIC,
      {
        host: '127.0.0.1:4000',
        origin: 'https://other.example.org',
        'sec-fetch-site': 'same-origin',
      },
      'https://other.example.org',
    ],
    [
      'at another name where TLS is not required',
      { publicUrl: 'http://share.lan', isPublicUrlSet: true },
      { host: 'share.local' },
      'share.local',
    ],
    ['at a very long name', PUBLIC, { host: 'x'.repeat(500) }, 'x'.repeat(100)],
  ])(
    'the first request to another address is logged, and only that: %s',
    async (_, options, headers, address) => {
      expect(
        await addressesLogged(options, headers, headers, {
          host: 'later.example',
        }),
      ).toEqual([address]);
    },
  );

  it.each<[string, TestAppOptions, Record<string, string>]>([
    ['the right address', PUBLIC, { host: 'share.example.org' }],
    ['the right address in upper case', PUBLIC, { host: 'SHARE.example.org' }],
    [
      'the right origin behind a proxy that hides the host',
      PUBLIC,
      { host: '127.0.0.1:4000', origin: 'https://share.example.org' },
    ],
    [
      'a page of another site',
      PUBLIC,
      {
        host: 'share.example.org',
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
      },
    ],
    ['an opaque origin', PUBLIC, { host: 'share.example.org', origin: 'null' }],
    [
      'a configured origin',
      { ...PUBLIC, corsOrigins: ['https://app.example'] },
      { host: 'share.example.org', origin: 'https://app.example' },
    ],
    ['a program on the same machine', PUBLIC, { host: '127.0.0.1:4000' }],
    ['a program over IPv6', PUBLIC, { host: '[::1]:4000' }],
    [
      'a browser on the same machine',
      UNSET,
      { host: 'localhost:4000', origin: 'http://localhost:4000' },
    ],
    ['any address in development', {}, { host: '192.168.1.5:4000' }],
  ])(
    'a request says nothing against PUBLIC_URL: %s',
    async (_, options, headers) => {
      expect(await addressesLogged(options, headers)).toEqual([]);
    },
  );

  it('health checks say nothing against PUBLIC_URL, as they use the address of the machine', async () => {
    const { http } = await testApp(PUBLIC);
    const warn = jest.spyOn(http.log, 'warn');

    await http.inject({ url: '/health/live', headers: { host: '10.0.0.7' } });

    expect(warn).not.toHaveBeenCalled();
  });
});

describe('the origin of PUBLIC_URL', () => {
  it('a reload resumes the session at PUBLIC_URL also behind a proxy that hides the host', async () => {
    const api = await testApp(PUBLIC);
    const { answer } = await signUp(api);
    const renew = (origin: string) =>
      api
        .withHeaders({
          cookie: cookieOf(answer),
          host: '127.0.0.1:4000',
          origin,
          'sec-fetch-site': 'same-origin',
        })
        .run(RenewSession);

    const own = await renew('https://share.example.org');
    const other = await renew('https://share.example.org.evil.example');

    expect(own.data.renewSession.user?.username).toBe('Ana');
    expect(other.data.renewSession.user).toBeNull();
  });
});
