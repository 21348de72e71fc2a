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

  it.each(['/', '/recipes', '/recipes/01a2', '/no/such/page'])(
    'the path %s serves the page of the web app without caching',
    async (url) => {
      const api = await testApp();

      const page = await api.http.inject({ url, headers: PAGE });

      expect(page.statusCode).toBe(200);
      expect(page.headers['content-type']).toContain('text/html');
      expect(page.headers['cache-control']).toBe('no-cache');
      expect(page.body).toContain('<div id="root">');
    },
  );

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

  it('the page demands TLS in production', async () => {
    const api = await testApp({ production: true });

    const { headers } = await api.http.inject({ url: '/', headers: PAGE });

    expect(headers['strict-transport-security']).toContain('max-age=31536000');
    expect(headers['content-security-policy']).toContain(
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
    expect(page.headers.vary).toBe('accept-encoding');
  });

  it('a missing asset is answered with 404, not with the page', async () => {
    const api = await testApp();

    expect((await api.http.inject('/assets/gone.js')).statusCode).toBe(404);
  });
});
