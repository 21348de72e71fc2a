import { existsSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../config';
import { testApp } from '../testing/testApp';

const PAGE = { accept: 'text/html' };

describe('the web app', () => {
  it('the web app is built, as the tests read its files', () => {
    expect(
      existsSync(path.join(PROJECT_ROOT, 'dist', 'web', 'index.html')),
    ).toBe(true);
  });

  const serves = (url: string, status: number) =>
    it(`the path ${url} serves the page of the web app with status ${status}, without caching`, async () => {
      const api = await testApp();

      const page = await api.http.inject({ url, headers: PAGE });

      expect(page.statusCode).toBe(status);
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.headers['cache-control']).toBe('no-cache');
      expect(page.body).toContain('<div id="root">');
      expect(page.headers['x-content-type-options']).toBe('nosniff');
      expect(page.headers['x-request-id']).toBeDefined();
    });

  for (const url of [
    '/',
    '/?from=mail',
    '/login',
    '/login/',
    '/LOGIN?next=%2Floans',
    '/recipes/01a2',
    '/recipes/01a2/edit',
    '/n/01a2/items/new',
    `/invite/${'x'.repeat(44)}.`,
    '/people/%C3%A4',
  ])
    serves(url, 200);

  for (const url of [
    '/no/such/page',
    '/recipes',
    '/login/now',
    '/robots.txt',
    '/index.html.br',
    '/index.html.gz',
    '/%ff',
    '/items/%E0%A4%A',
    '/%',
    `/photos/${'x'.repeat(5000)}`,
    '/%2e%2e/package.json',
  ])
    serves(url, 404);

  it.each([
    ['without Accept', undefined],
    ['that takes anything', '*/*'],
    ['that takes any text', 'text/*'],
    ['of a browser', 'text/html,application/xhtml+xml,*/*;q=0.8'],
    ['that prefers something else', 'application/json, text/html;q=0.1'],
  ])('a request %s gets pages, by GET and by HEAD', async (_, accept) => {
    const api = await testApp();
    const headers = accept === undefined ? {} : { accept };
    const url = `/invite/${'x'.repeat(44)}`;

    const page = await api.http.inject({ url, headers });
    const head = await api.http.inject({ url, headers, method: 'HEAD' });

    expect([page.statusCode, head.statusCode]).toEqual([200, 200]);
    expect(page.headers['content-type']).toContain('text/html');
    expect(head.headers['content-length']).toBe(page.headers['content-length']);
    expect(head.body).toBe('');
  });

  it.each(['/', '/login', '/no/such/page', '/%ff'])(
    'a request for %s that does not accept HTML gets 404 as plain text',
    async (url) => {
      const api = await testApp();

      for (const accept of [
        'application/json',
        'image/*',
        '*/*, text/html;q=0',
        'text/*;q=0',
      ]) {
        const answer = await api.http.inject({ url, headers: { accept } });

        expect(answer.statusCode).toBe(404);
        expect(answer.headers['content-type']).toContain('text/plain');
        expect(answer.headers.vary).toContain('accept');
      }
    },
  );

  it('a request with another method gets no page', async () => {
    const api = await testApp();

    const answer = await api.http.inject({ url: '/login', method: 'POST' });

    expect(answer.statusCode).toBe(404);
    expect(answer.body).toBe('Not found\n');
  });

  it('the page allows only its own scripts, and no framing', async () => {
    const api = await testApp();

    const { headers } = await api.http.inject({ url: '/', headers: PAGE });

    const csp = String(headers['content-security-policy']);
    expect(csp).toContain("default-src 'none'");
    expect(csp).toMatch(/script-src 'self';/);
    expect(csp).toContain("require-trusted-types-for 'script'");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(headers['permissions-policy']).toContain('geolocation=()');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('the page demands TLS where it is required, and can still be shown without', async () => {
    const api = await testApp({ requiresTls: true });

    const { headers } = await api.http.inject({ url: '/', headers: PAGE });

    expect(headers['strict-transport-security']).toContain('max-age=31536000');
    // Over plain HTTP the scripts of the page would not load, and it could not say what is wrong.
    expect(headers['content-security-policy']).not.toContain(
      'upgrade-insecure-requests',
    );
  });

  it('assets of the page are cached as immutable', async () => {
    const api = await testApp();
    const page = await api.http.inject({ url: '/', headers: PAGE });
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page.body)?.[1] ?? '';

    const file = await api.http.inject(script);

    expect(file.statusCode).toBe(200);
    expect(file.headers['content-type']).toContain('javascript');
    expect(file.headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
  });

  it('the page is compressed for browsers that accept it', async () => {
    const api = await testApp();

    const page = await api.http.inject({
      url: '/',
      headers: { ...PAGE, 'accept-encoding': 'gzip, br' },
    });

    expect(page.headers['content-encoding']).toBe('br');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers.vary).toBe('accept, accept-encoding, accept-language');
  });

  it('a missing asset is answered with 404, not with the page', async () => {
    const api = await testApp();

    expect((await api.http.inject('/assets/gone.js')).statusCode).toBe(404);
  });

  it.each([
    ['/sw.js', 'javascript'],
    ['/remove-worker.js', 'javascript'],
    ['/manifest.webmanifest', 'application/manifest+json'],
    ['/offline.html', 'text/html'],
  ])(
    'the file %s of the installed app has its type and is not cached',
    async (url, type) => {
      const api = await testApp();

      const file = await api.http.inject(url);

      expect(file.statusCode).toBe(200);
      expect(file.headers['content-type']).toContain(type);
      expect(file.headers['cache-control']).toBe('no-cache');
      expect(file.headers['content-security-policy']).toContain(
        "manifest-src 'self'",
      );
    },
  );

  it('the service worker is compressed', async () => {
    const api = await testApp();
    const headers = { 'accept-encoding': 'br' };

    const file = await api.http.inject({ url: '/sw.js', headers });

    expect(file.headers['content-encoding']).toBe('br');
  });

  it('the service worker is replaced by one that removes itself where SERVICE_WORKER is false', async () => {
    const on = await testApp();
    const off = await testApp({ serviceWorker: false });

    const [worker, remover, replaced] = await Promise.all([
      on.http.inject('/sw.js'),
      on.http.inject('/remove-worker.js'),
      off.http.inject('/sw.js'),
    ]);

    expect(worker.body).not.toBe(remover.body);
    expect(remover.body).toContain('registration.unregister()');
    expect(replaced.body).toBe(remover.body);
    expect(replaced.headers['cache-control']).toBe('no-cache');
  });
});
