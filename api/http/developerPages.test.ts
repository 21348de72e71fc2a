import { testApp, type TestAppOptions } from '../testing/testApp';

/** `Accept` of a browser that opens an address. */
const BROWSER = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
};

const open = async (
  url: string,
  options?: TestAppOptions,
  headers: Record<string, string> = BROWSER,
) => {
  const { http } = await testApp(options);
  return http.inject({ url, headers });
};

/** Reads the directives of a Content-Security-Policy. */
const policyOf = ({ headers }: Awaited<ReturnType<typeof open>>) =>
  Object.fromEntries(
    String(headers['content-security-policy'])
      .split(';')
      .map((each) => each.split(/ (.*)/, 2)),
  ) as Record<string, string>;

describe('pages for developers', () => {
  it.each([
    ['/docs', 'the reference', 'NeighborShare API reference'],
    ['/graphql', 'the explorer', 'NeighborShare API explorer'],
    ['/graphql?query={me{id}}', 'the explorer', 'NeighborShare API explorer'],
    ['/graphql/sandbox', 'Apollo Sandbox', 'Apollo Sandbox'],
  ])('%s is %s for a browser', async (url, _, title) => {
    const { statusCode, headers, body } = await open(url);

    expect(statusCode).toBe(200);
    expect(headers['content-type']).toContain('text/html');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers.vary).toContain('accept');
    expect(body).toContain(`<title>${title}`);
  });

  it('no page for developers runs inline code, evaluates text or may be framed', async () => {
    for (const url of ['/docs', '/graphql', '/graphql/sandbox']) {
      const page = await open(url);

      expect(policyOf(page)).toMatchObject({
        'default-src': "'none'",
        'script-src': "'self'",
        'base-uri': "'none'",
        'frame-ancestors': "'none'",
        'require-trusted-types-for': "'script'",
      });
      expect(page.body).not.toMatch(/<script(?![^>]*\ssrc="\/)/);
      expect(page.body).not.toMatch(/\s(src|href)="https?:[^"]*\.(js|css)/);
    }
  });

  it('only the page with Apollo Sandbox names another host in its policy', async () => {
    const hosts = async (url: string) =>
      Object.values(policyOf(await open(url))).filter((each) =>
        each.includes('://'),
      );

    expect(await hosts('/docs')).toEqual([]);
    expect(await hosts('/graphql')).toEqual([]);
    expect(await hosts('/graphql/sandbox')).toEqual([
      'https://sandbox.embed.apollographql.com',
    ]);
  });

  it('scripts of pages that are switched off are not served', async () => {
    const { body } = await open('/graphql');
    const [, script = ''] =
      /src="(\/developers\/assets\/[^"]+)"/.exec(body) ?? [];
    const off = { sandbox: false, publicSchema: false };

    expect((await open(script)).statusCode).toBe(200);
    expect((await open(script, off)).statusCode).toBe(404);
  });

  it('scripts of the pages for developers are compressed and kept by browsers', async () => {
    const { body } = await open('/graphql');
    const [, script = ''] =
      /src="(\/developers\/assets\/[^"]+)"/.exec(body) ?? [];

    const { statusCode, headers } = await open(
      script,
      {},
      {
        'accept-encoding': 'gzip',
      },
    );

    expect(statusCode).toBe(200);
    expect(headers['content-encoding']).toBe('gzip');
    expect(headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
  });

  it.each([
    '/developers/explorer/index.html',
    '/developers/assets/../explorer/index.html',
    '/developers/assets',
    '/developers/',
  ])('the path %s has no page for developers', async (url) => {
    expect((await open(url)).statusCode).toBe(404);
  });

  it.each<[string, TestAppOptions, Record<string, number>]>([
    [
      'in production only the reference is served',
      { production: true, sandbox: false },
      { '/docs': 200, '/graphql': 400, '/graphql/sandbox': 404 },
    ],
    [
      'without a public schema there is no reference',
      { publicSchema: false },
      { '/docs': 404, '/graphql': 200, '/graphql/sandbox': 200 },
    ],
    [
      'without both no page for developers is served',
      { sandbox: false, publicSchema: false },
      { '/docs': 404, '/graphql': 400, '/graphql/sandbox': 404 },
    ],
  ])('%s', async (_, options, statuses) => {
    for (const [url, status] of Object.entries(statuses)) {
      const { statusCode } = await open(url, options);

      expect([url, statusCode]).toEqual([url, status]);
    }
  });
});

describe('GET /graphql', () => {
  const QUERY = '/graphql?query=%7B__typename%7D';
  const PREFLIGHT = { 'apollo-require-preflight': 'true' };

  it.each([
    ['without Accept', {}],
    ['that takes anything', { accept: '*/*' }],
    ['that takes JSON', { accept: 'application/json' }],
    [
      'that takes the type of GraphQL',
      { accept: 'application/graphql-response+json' },
    ],
    ['that prefers JSON', { accept: 'application/json, text/html;q=0.9' }],
  ])('GET /graphql answers a query %s', async (_, headers) => {
    const { statusCode, body } = await open(
      QUERY,
      {},
      { ...PREFLIGHT, ...headers },
    );

    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ data: { __typename: 'Query' } });
  });

  it('GET /graphql answers a query of a browser where there is no explorer', async () => {
    const { statusCode, body } = await open(
      QUERY,
      { sandbox: false },
      { ...BROWSER, ...PREFLIGHT },
    );

    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ data: { __typename: 'Query' } });
  });

  it('the explorer and introspection are off in production', async () => {
    const introspect = async (options: TestAppOptions) =>
      (await testApp(options)).anonymous.run(
        '{ __schema { queryType { name } } }',
      );
    const production = { production: true, sandbox: false };

    const page = await open('/graphql', production);

    expect(page.headers['content-type']).not.toContain('html');
    expect((await introspect(production)).status).toBe(400);
    expect((await introspect({})).status).toBe(200);
  });
});
