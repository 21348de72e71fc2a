import { makeAuthority, makeCertificate } from '../testing/certificates';
import { asTexts, deploy, goodMachine, like, textsOf } from '../testing/doctor';
import { startProxy, without } from '../testing/proxy';
import { certificateCheck } from './certificate';
import { clockCheck } from './clock';
import { createDeployment } from './deployment';
import {
  addressCheck,
  checkRedirect,
  pagesCheck,
  redirectCheck,
} from './publicAddress';
import { proxyCheck, uploadsCheck } from './proxy';
import { socketsCheck } from './sockets';

describe('the checks of the public address', () => {
  it('a server behind a good proxy with TLS is good', async () => {
    const { config, proxy, authority } = await deploy();
    const machine = { authorities: [authority.cert] };

    const texts = [];
    for (const check of [
      addressCheck,
      certificateCheck,
      pagesCheck,
      proxyCheck,
      socketsCheck,
      uploadsCheck,
    ])
      texts.push(...(await textsOf(check, config, machine)));

    expect(texts).toEqual([
      `good: ${proxy.origin} leads to this server`,
      expect.stringMatching(/^good: valid until 2\S+ \(\d+ days\), TLSv1.3, /),
      'good: security headers and compression (br) arrive',
      expect.stringMatching(
        /^good: passes on who asks: this machine is (127.0.0.1|::1)$/,
      ),
      'good: WebSockets pass',
      'good: 10 MB pass',
    ]);
  });

  it('an address that does not lead to the server is explained, and the rest is skipped', async () => {
    const { config, proxy, api } = await deploy();
    const address = async (publicUrl = proxy.origin) =>
      (await textsOf(addressCheck, { ...config, publicUrl }))[0];
    const other = await startProxy();
    const redirecting = await startProxy({
      response: (headers) => ({ ...headers, location: 'https://elsewhere/x' }),
      status: 301,
    });
    redirecting.target = proxy.target;

    expect(await address('http://127.0.0.1:9')).toMatch(
      /^broken: http:..127.0.0.1:9 refuses connections\./,
    );
    expect(await address('https://nowhere.invalid')).toMatch(
      /^broken: https:..nowhere.invalid has a name that does not exist\./,
    );
    expect(await address(other.origin.replace('http:', 'https:'))).toMatch(
      /^broken: https:\S+ does not speak TLS\./,
    );
    expect(await address(redirecting.origin)).toMatch(
      /^broken: http:\S+ redirects to https:..elsewhere\./,
    );
    proxy.target = `http://127.0.0.1:9`;
    expect(await address()).toMatch(
      /^broken: The proxy at \S+ does not reach the server \(status 502\)\./,
    );
    await api.close();
    for (const check of [pagesCheck, proxyCheck, socketsCheck, uploadsCheck])
      expect(await textsOf(check, config)).toEqual([
        'skipped: The public address does not lead to the server.',
      ]);
  });

  it('another site at the address is named', async () => {
    const { config } = await deploy({ hides: '/health/live' });

    expect(await textsOf(addressCheck, config)).toEqual([
      expect.stringMatching(
        /^broken: Something else answers at \S+ \(status 404\)\./,
      ),
    ]);
  });

  it('plain HTTP has to redirect to PUBLIC_URL', async () => {
    const { config } = await deploy();
    const deployment = createDeployment(config, goodMachine());
    const leadsTo = async (location?: string) => {
      const plain = await startProxy({
        response: (headers) => ({ ...headers, ...(location && { location }) }),
        status: location ? 301 : 200,
      });
      plain.target = `http://127.0.0.1:${config.port}`;
      return asTexts(await checkRedirect(new URL(plain.origin), deployment));
    };

    expect(await leadsTo(`${config.publicUrl}/`)).toEqual([
      `good: redirects to ${config.publicUrl}`,
    ]);
    expect(await leadsTo('https://other.example/')).toEqual([
      expect.stringMatching(
        /^look: \S+ redirects to https:..other.example\. .* than PUBLIC_URL/,
      ),
    ]);
    expect(await leadsTo()).toEqual([
      expect.stringMatching(/^broken: \S+ does not redirect to https/),
    ]);
    expect(
      asTexts(await checkRedirect(new URL('http://127.0.0.1:9'), deployment)),
    ).toEqual([expect.stringMatching(/^look: \S+ does not answer\./)]);
    expect(await textsOf(redirectCheck, config)).toEqual([
      'skipped: PUBLIC_URL has no https:// on the usual port.',
    ]);
  });

  it.each([
    [
      'a proxy that removes security headers',
      {
        response: without(
          'strict-transport-security',
          'content-security-policy',
        ),
      },
      'look: The proxy removes content-security-policy and strict-transport-security.',
    ],
    [
      'a proxy that asks for uncompressed pages',
      {
        request: without('accept-encoding'),
      },
      'look: Pages arrive without compression.',
    ],
    [
      'a proxy that serves the API alone',
      { hides: '/' },
      'broken: The home page answers with status 404.',
    ],
  ])('%s is named', async (_, options, text) => {
    const { config } = await deploy(options);

    expect(await textsOf(pagesCheck, config)).toEqual([like(text)]);
  });

  it('a wrong clock of the proxy is named', async () => {
    const { config } = await deploy({
      response: (headers) => ({
        ...headers,
        date: new Date(Date.now() - 600_000).toUTCString(),
      }),
    });

    expect(await textsOf(clockCheck, config)).toEqual([
      expect.stringMatching(
        /^broken: The clock of the public address is (59\d|60\d) seconds behind/,
      ),
    ]);
  });
});

describe('the check of the certificate', () => {
  it.each([
    ['expired', { from: -90, until: -1 }, 'broken: The certificate expired on'],
    [
      'not renewed',
      { from: -80, until: 10 },
      /^look: The certificate expires in (9|10) days, on 2/,
    ],
    [
      'for another name',
      { name: 'other.example', until: 60 },
      'broken: The certificate is for another name than localhost.',
    ],
    [
      'not valid yet',
      { from: 2, until: 60 },
      'broken: The certificate is not valid yet.',
    ],
  ])('a certificate that is %s is named', async (_, options, text) => {
    const authority = await makeAuthority();
    const certificate = await makeCertificate({ authority, ...options });
    const { config } = await deploy({ certificate });

    expect(
      await textsOf(certificateCheck, config, {
        authorities: [authority.cert],
      }),
    ).toEqual([
      typeof text === 'string' ? like(text) : expect.stringMatching(text),
    ]);
  });

  it('a certificate that is signed by itself or by a stranger is named', async () => {
    const authority = await makeAuthority();
    const own = await deploy({
      certificate: await makeCertificate({ until: 60 }),
    });
    const strange = await deploy({
      certificate: await makeCertificate({ authority, until: 60 }),
    });

    expect(await textsOf(certificateCheck, own.config)).toEqual([
      like('broken: The certificate is signed by itself.'),
    ]);
    expect(await textsOf(certificateCheck, strange.config)).toEqual([
      expect.stringMatching(
        /^broken: Nobody known signed the certificate .*fullchain\.pem/,
      ),
    ]);
  });

  it('an address without TLS has no certificate', async () => {
    const { config } = await deploy();

    expect(
      await textsOf(certificateCheck, {
        ...config,
        publicUrl: `http://localhost:${config.port}`,
      }),
    ).toEqual(['skipped: PUBLIC_URL does not begin with https://.']);
    expect(
      await textsOf(certificateCheck, {
        ...config,
        publicUrl: `https://localhost:${config.port}`,
      }),
    ).toEqual(['skipped: No TLS connection to the public address.']);
  });
});
