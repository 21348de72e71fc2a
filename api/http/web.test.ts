import { existsSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../config';
import { testApp } from '../testing/testApp';

const PAGE = { accept: 'text/html' };

describe('the pages', () => {
  it('are built: the tests look at what is served', () => {
    expect(
      existsSync(path.join(PROJECT_ROOT, 'dist', 'web', 'index.html')),
    ).toBe(true);
  });

  it.each(['/', '/recipes', '/recipes/01a2', '/no/such/page'])(
    'at %s are the one page, which knows the way and is asked for anew each time',
    async (url) => {
      const api = await testApp();

      const page = await api.http.inject({ url, headers: PAGE });

      expect(page.statusCode).toBe(200);
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.headers['cache-control']).toBe('no-cache');
      expect(page.body).toContain('<div id="root">');
    },
  );

  it('let no script run but their own, and stand in no frame', async () => {
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

  it('demand TLS in production', async () => {
    const api = await testApp({ production: true });

    const { headers } = await api.http.inject({ url: '/', headers: PAGE });

    expect(headers['strict-transport-security']).toContain('max-age=31536000');
    expect(headers['content-security-policy']).toContain(
      'upgrade-insecure-requests',
    );
  });

  it('bring files that never change under their name', async () => {
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

  it('are compressed for browsers that accept it', async () => {
    const api = await testApp();

    const page = await api.http.inject({
      url: '/',
      headers: { ...PAGE, 'accept-encoding': 'gzip, br' },
    });

    expect(page.headers['content-encoding']).toBe('br');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers.vary).toBe('accept-encoding');
  });

  it('that are missing as files are not the page', async () => {
    const api = await testApp();

    expect((await api.http.inject('/assets/gone.js')).statusCode).toBe(404);
  });
});
