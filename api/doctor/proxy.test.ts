import { deploy, like, textsOf } from '../testing/doctor';
import { without } from '../testing/proxy';
import { proxyCheck, uploadsCheck } from './proxy';
import { socketsCheck } from './sockets';

describe('the check of the proxy', () => {
  it('a proxy that forgets the address of the client is named', async () => {
    const { config } = await deploy({ request: without('x-forwarded-for') });

    expect(await textsOf(proxyCheck, config)).toEqual([
      like('broken: The proxy does not tell the server who asks.'),
    ]);
  });

  it('a proxy that is not trusted is named with its address', async () => {
    const { config } = await deploy({}, { trustedProxies: ['10.0.0.5'] });
    const { config: none } = await deploy({}, { trustedProxies: [] });

    for (const each of [config, none])
      expect(await textsOf(proxyCheck, each)).toEqual([
        expect.stringMatching(
          /^broken: .* its proxy at 127\.0\.0\.1\. .* Set TRUSTED_PROXIES=127\.0\.0\.1 /,
        ),
      ]);
  });

  it('a proxy that believes the header of clients is named', async () => {
    const { config } = await deploy({
      request: (headers, sent) => ({
        ...headers,
        'x-forwarded-for': sent['x-forwarded-for'],
      }),
    });

    expect(await textsOf(proxyCheck, config)).toEqual([
      like('broken: The proxy does not tell the server who asks.'),
      like(
        'broken: The proxy passes on X-Forwarded-For as the client sent it.',
      ),
    ]);
  });

  it('a proxy that appends the address of the client is good', async () => {
    const { config } = await deploy({
      request: (headers, sent) => ({
        ...headers,
        'x-forwarded-for': [
          sent['x-forwarded-for'] ?? [],
          headers['x-forwarded-for'] ?? [],
        ]
          .flat()
          .join(', '),
      }),
    });

    expect(await textsOf(proxyCheck, config)).toEqual([like('good: ')]);
  });

  it('a proxy that hides the host is named', async () => {
    const { config } = await deploy({
      request: (headers) => ({ ...headers, host: 'backend:4000' }),
    });

    expect(await textsOf(proxyCheck, config)).toEqual([
      like('look: The proxy passes requests on with the host backend:4000.'),
    ]);
  });

  it('a server without a proxy is good on this machine', async () => {
    const { config } = await deploy();
    const publicUrl = `http://localhost:${config.port}`;

    expect(await textsOf(proxyCheck, { ...config, publicUrl })).toEqual([
      expect.stringMatching(/^good: none, visitors are seen as /),
    ]);
  });

  it('a server with another secret, and an unreadable secret, are told apart', async () => {
    const { config } = await deploy();

    for (const check of [proxyCheck, uploadsCheck]) {
      expect(
        await textsOf(check, {
          ...config,
          jwtSecrets: ['vutsrqponmlkjihgfedcba9876543210'],
        }),
      ).toEqual([like('look: The server at the public address does not know')]);
      expect(await textsOf(check, { ...config, jwtSecrets: [] })).toEqual([
        'skipped: The doctor cannot read the secret of the server.',
      ]);
    }
  });

  it('a proxy that refuses large bodies is named', async () => {
    const { config } = await deploy({ maxBody: 1_000_000 });

    expect(await textsOf(uploadsCheck, config)).toEqual([
      like(
        'broken: An upload of 10 MB does not arrive (status 413, too large).',
      ),
    ]);
  });

  it('a proxy that refuses WebSockets, or forgets their headers, is named', async () => {
    for (const options of [
      { refusesUpgrades: true },
      { request: without('upgrade') },
    ]) {
      const { config } = await deploy(options);

      expect(await textsOf(socketsCheck, config)).toEqual([
        like('look: The proxy does not pass on WebSockets.'),
      ]);
    }
  });
});
