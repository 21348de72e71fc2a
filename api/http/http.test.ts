import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { redactError } from '../log';
import { buildPerson } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { testApp, type TestApi, type TestAppOptions } from '../testing/testApp';

/** A server on a real socket. */
async function listen(
  options?: TestAppOptions,
): Promise<{ api: TestApi; url: string }> {
  const api = await testApp(options);
  await api.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = api.http.server.address() as AddressInfo;
  return { api, url: `http://127.0.0.1:${port}` };
}

const JSON_TYPE = { 'content-type': 'application/json' };

const post = (
  url: string,
  body: string,
  headers: Record<string, string> = JSON_TYPE,
) => fetch(`${url}/graphql`, { method: 'POST', headers, body });

const query = (source: string, variables?: unknown) =>
  JSON.stringify({ query: source, variables });

/** Nothing of ours or of a library's shows: no stack, no path, no SQL. */
function expectNoLeak(body: string): void {
  expect(body).not.toMatch(
    /node_modules|\bat .+:\d+:\d+|SQLITE|select .+ from|TypeError|\.ts:/i,
  );
}

describe('over HTTP', () => {
  it('the API signs up, authenticates, logs out and refuses over HTTP', async () => {
    const { url } = await listen();
    const signUp = await post(
      url,
      query(
        'mutation ($i: SignUpInput!) { signUp(input: $i) { accessToken } }',
        {
          i: { username: 'ana', password: 'a quiet street', name: 'Ana' },
        },
      ),
    );
    const { data } = (await signUp.json()) as {
      data: { signUp: { accessToken: string } };
    };
    const headers = {
      ...JSON_TYPE,
      authorization: `bearer ${data.signUp.accessToken}`,
    };

    const me = await post(url, query('{ me { username } }'), headers);
    const logout = await post(
      url,
      query('mutation { logout { loggedOut } }'),
      headers,
    );
    const refused = await post(url, query('{ me { username } }'), headers);

    expect(await me.json()).toEqual({
      data: { me: { username: 'ana' } },
      extensions: { cost: { requested: 1, limit: 1000 } },
    });
    expect(me.headers.get('cache-control')).toBe('no-store');
    expect(await logout.json()).toEqual({
      data: { logout: { loggedOut: true } },
      extensions: { cost: { requested: 10, limit: 1000 } },
    });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain(
      'error="invalid_token"',
    );
  });

  it('two Authorization headers are refused', async () => {
    const { api, url } = await listen();
    const ana = await buildPerson(api, 'ana');
    const body = query('{ me { username } }');
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');

    const header = `Authorization: Bearer ${ana.accessToken}`;
    socket.end(
      [
        'POST /graphql HTTP/1.1',
        'Host: localhost',
        'Connection: close',
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        header,
        header,
        '',
        body,
      ].join('\r\n'),
    );

    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(answer).toContain('"BAD_HEADER"');
  });
});

describe('a malformed request', () => {
  it.each<[string, string, Record<string, string>, number]>([
    ['without a body', '', JSON_TYPE, 400],
    ['that is not JSON', '{"query":', JSON_TYPE, 400],
    ['that is no object', '7', JSON_TYPE, 400],
    ['that is null', 'null', JSON_TYPE, 400],
    ['that is a text', '"{ me { id } }"', JSON_TYPE, 400],
    ['that is a list', '[]', JSON_TYPE, 400],
    ['that is a batch', `[${query('{ __typename }')}]`, JSON_TYPE, 400],
    ['without a query', '{}', JSON_TYPE, 400],
    ['whose query is a number', '{"query":7}', JSON_TYPE, 400],
    [
      'whose variables are a list',
      '{"query":"{ __typename }","variables":[1]}',
      JSON_TYPE,
      400,
    ],
    ['that is no GraphQL', query('{ me'), JSON_TYPE, 400],
    [
      'for a field that does not exist',
      query('{ mee { id } }'),
      JSON_TYPE,
      400,
    ],
    ['that subscribes', query('subscription { me { id } }'), JSON_TYPE, 400],
    [
      'that skips by null',
      query('query ($x: Boolean = true) { me @skip(if: $x) { id } }', {
        x: null,
      }),
      JSON_TYPE,
      400,
    ],
    [
      'nested too deeply',
      query(`{ ${'... { '.repeat(3000)} __typename ${'}'.repeat(3000)} }`),
      JSON_TYPE,
      400,
    ],
    ['with a NUL in the query', query('{ me { id \0 } }'), JSON_TYPE, 400],
    [
      'that would change the prototype',
      '{"__proto__":{"query":"{ me { id } }"}}',
      JSON_TYPE,
      400,
    ],
    [
      'as a form',
      'query={me{id}}',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
    ],
    [
      'as plain text',
      query('{ __typename }'),
      { 'content-type': 'text/plain' },
      415,
    ],
    [
      'of an unknown kind',
      query('{ __typename }'),
      { 'content-type': 'nonsense' },
      415,
    ],
    [
      'of a megabyte',
      query(`{ me { id } } # ${'x'.repeat(1_000_000)}`),
      JSON_TYPE,
      413,
    ],
    [
      'with a variable of the wrong type',
      query('mutation ($i: LoginInput!) { login(input: $i) { expiresIn } }', {
        i: { username: 7, password: {} },
      }),
      JSON_TYPE,
      400,
    ],
    [
      'with a variable that nobody asked for',
      query('mutation ($i: LoginInput!) { login(input: $i) { expiresIn } }', {
        i: { username: 'ana', password: 'x', passwort: 'x' },
      }),
      JSON_TYPE,
      400,
    ],
  ])(
    'a request %s is refused in GraphQL’s format without details',
    async (_, body, headers, status) => {
      const { url } = await listen();

      const answer = await post(url, body, headers);

      expect(answer.status).toBe(status);
      const received = await answer.text();
      const { errors } = JSON.parse(received) as { errors: unknown[] };
      expect(errors[0]).toMatchObject({
        message: expect.any(String) as string,
        extensions: { code: expect.any(String) as string },
      });
      expectNoLeak(received);
    },
  );

  it('a request of more than 100 kB is refused', async () => {
    const { url } = await listen();
    const body = query('{ __typename }');
    const filled = (bytes: number) => body.padEnd(bytes, ' ');

    expect((await post(url, filled(100_000))).status).toBe(200);
    expect((await post(url, filled(100_001))).status).toBe(413);
  });

  it('errors in production contain no schema names and no stack', async () => {
    const { url } = await listen({ production: true, sandbox: false });

    const answer = await post(url, query('{ mee { id } }'));

    const body = await answer.text();
    expect(answer.status).toBe(400);
    expect(body).toContain('Cannot query field');
    expect(body).not.toMatch(/Did you mean|stack/);
  });

  it('an error about a wrong variable names the variable, but suggests no schema names', async () => {
    const { url } = await listen();

    const answer = await post(
      url,
      query('mutation ($i: LoginInput!) { login(input: $i) { expiresIn } }', {
        i: { username: 'ana', password: 'x', passwordd: 'x' },
      }),
    );

    const { errors } = (await answer.json()) as {
      errors: [{ message: string; extensions: { code: string } }];
    };
    expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(errors[0].message).toContain('passwordd');
    expect(errors[0].message).not.toContain('Did you mean');
  });

  it('null for a non-null argument is reported', async () => {
    const { api, url } = await listen();
    const ana = await buildPerson(api, 'ana');

    const answer = await post(
      url,
      query('query ($id: ID = "x") { recipe(id: $id) { id } }', { id: null }),
      { ...JSON_TYPE, authorization: `Bearer ${ana.accessToken}` },
    );

    expect(await answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  it.each([
    '/graphql/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fpackage.json',
    '/.git/config',
  ])('a request to %s finds no file', async (path) => {
    const api = await testApp();

    const answer = await api.http.inject(path);

    expect([400, 403, 404]).toContain(answer.statusCode);
    expectNoLeak(answer.body);
  });
});

describe('a bug of ours', () => {
  it('a bug is reduced to an id, under which it is logged', async () => {
    const { api, url } = await listen();
    const ana = await buildPerson(api, 'ana');
    const log = jest.spyOn(api.http.log, 'error');
    jest
      .spyOn(api.services.reads, 'all')
      .mockRejectedValue(new Error('SQLITE: secret detail'));

    const answer = await post(url, query('{ me { id } }'), {
      ...JSON_TYPE,
      authorization: `Bearer ${ana.accessToken}`,
    });

    const { data, errors } = (await answer.json()) as {
      data: unknown;
      errors: [{ extensions: { requestId: string } }];
    };
    expect(data).toBeNull();
    const { requestId } = errors[0].extensions;
    expect(requestId).toMatch(/^[\da-f-]{36}$/);
    expect(errors).toEqual([
      {
        message: 'Something went wrong on our side',
        path: ['me'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
      },
    ]);
    expect(log).toHaveBeenCalledWith(
      expect.objectContaining({
        requestId,
        err: expect.objectContaining({
          message: 'SQLITE: secret detail',
        }) as unknown,
      }),
      'bug',
    );
  });
});

describe('the log', () => {
  it('the log contains no password of a malformed request', async () => {
    const { api, url } = await listen();
    const log = jest.spyOn(api.http.log, 'error');

    const answer = await post(
      url,
      query(
        'mutation ($u: String = "x") { login(input: {username: $u, password: "a quiet street"}) { expiresIn } }',
        { u: null },
      ),
    );

    const body = await answer.text();
    expect(body).toContain('BAD_USER_INPUT');
    expect(body).not.toContain('a quiet street');
    expect(log).not.toHaveBeenCalled();
  });

  it('the log contains no values of a failed statement', () => {
    const error = Object.assign(
      new Error(
        "insert into users values ('secret') - SQLITE_BUSY: database is locked",
      ),
      { name: 'DriverException', code: 'SQLITE_BUSY' },
    );

    const kept = redactError(error);

    expect(kept).toMatchObject({ message: 'SQLITE_BUSY: database is locked' });
    expect(JSON.stringify(kept)).not.toContain('secret');
    expect(kept.stack).not.toEqual([]);
  });
});

describe('a change', () => {
  it('mutations by GET are refused', async () => {
    const { url } = await listen();

    const answer = await fetch(
      `${url}/graphql?query=${encodeURIComponent('mutation { logout { loggedOut } }')}`,
      { headers: { 'apollo-require-preflight': 'yes' } },
    );

    expect(answer.status).toBe(405);
  });

  it('mutations that need no preflight are refused', async () => {
    const { url } = await listen();

    const get = await fetch(`${url}/graphql?query={__typename}`);

    expect(get.status).toBe(400);
    expect(await get.text()).toContain('CSRF');
  });
});

describe('another origin', () => {
  const preflight = (url: string, origin: string) =>
    fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  it.each<[string, TestAppOptions, string, boolean]>([
    ['Sandbox, in development', {}, 'https://studio.apollographql.com', true],
    [
      'Sandbox, in production',
      { sandbox: false },
      'https://studio.apollographql.com',
      false,
    ],
    [
      'a configured one',
      { corsOrigins: ['https://app.example'] },
      'https://app.example',
      true,
    ],
    [
      'one that begins alike',
      { corsOrigins: ['https://app.example'] },
      'https://app.example.evil.test',
      false,
    ],
    ['any other', {}, 'https://evil.example', false],
    ['none', {}, 'null', false],
  ])('%s: %#', async (_, options, origin, allowed) => {
    const { url } = await listen(options);

    const { headers } = await preflight(url, origin);

    expect(headers.get('access-control-allow-origin')).toBe(
      allowed ? origin : null,
    );
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toContain('Origin');
  });
});

describe('Apollo Sandbox', () => {
  const open = (url: string) =>
    fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
  const introspect = (url: string) =>
    post(url, query('{ __schema { queryType { name } } }'));

  it('Apollo Sandbox opens in a browser, and can introspect the schema', async () => {
    const { url } = await listen();

    const page = await open(url);

    expect(page.status).toBe(200);
    expect(await page.text()).toContain('embeddable-sandbox');
    expect(page.headers.get('content-security-policy')).toBeNull();
    expect((await introspect(url)).status).toBe(200);
  });

  it('Apollo Sandbox and introspection are off in production', async () => {
    const { url } = await listen({ production: true, sandbox: false });

    expect((await open(url)).headers.get('content-type')).not.toContain('html');
    expect((await introspect(url)).status).toBe(400);
  });
});

describe('a server that stops', () => {
  it('a stopping server finishes operations of clients that have disconnected', async () => {
    const { api, url } = await listen();
    const ana = await buildPerson(api, 'ana');
    await buildNeighborhood(api, ana);
    const { reads } = api.services;
    const all = reads.all.bind(reads);
    // As on a slow disk.
    reads.all = async (...statement) => {
      await pause(50);
      return all(...statement);
    };
    const isRead = (table: string) =>
      api.statements.some((sql) => sql.includes(`from ${table}`));

    const hangUp = new AbortController();
    const answer = fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { ...JSON_TYPE, authorization: `Bearer ${ana.accessToken}` },
      body: query(
        '{ myMemberships { neighborhood { invites { createdBy { name } } } } }',
      ),
      signal: hangUp.signal,
    }).catch(() => 'nobody waits for it');
    while (!isRead('memberships')) await pause(1);
    hangUp.abort();
    await answer;
    await api.close();

    expect(isRead('invites')).toBe(true);
  });
});
