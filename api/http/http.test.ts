import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { buildPerson } from '../testing/buildPeople';
import { buildNeighborhood } from '../testing/buildNeighborhoods';
import { WebSocket } from 'ws';
import { listen, openSocket } from '../testing/live';
import { JSON_TYPE, post, operation, testServer } from '../testing/http';
import { testApp, type TestAppOptions } from '../testing/testApp';

describe('the API over HTTP', () => {
  it('the API signs up, authenticates, logs out and then refuses the token over HTTP', async () => {
    const { url } = await testServer();
    const signUp = await post(
      url,
      operation(
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

    const me = await post(url, operation('{ me { username } }'), headers);
    const logout = await post(
      url,
      operation('mutation { logout { loggedOut } }'),
      headers,
    );
    const refused = await post(url, operation('{ me { username } }'), headers);

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

  it('a request with two Authorization headers is refused', async () => {
    const { api, url } = await testServer();
    const ana = await buildPerson(api, 'ana');
    const body = operation('{ me { username } }');
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

describe('cross-origin requests are allowed for configured origins only', () => {
  const preflight = (url: string, origin: string) =>
    fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  it.each<[string, 'may' | 'must not', TestAppOptions, string]>([
    [
      'Apollo Sandbox in development',
      'may',
      {},
      'https://studio.apollographql.com',
    ],
    [
      'Apollo Sandbox in production',
      'must not',
      { sandbox: false },
      'https://studio.apollographql.com',
    ],
    [
      'a configured origin',
      'may',
      { corsOrigins: ['https://app.example'] },
      'https://app.example',
    ],
    [
      'an origin that starts like a configured one',
      'must not',
      { corsOrigins: ['https://app.example'] },
      'https://app.example.evil.test',
    ],
    ['any other origin', 'must not', {}, 'https://evil.example'],
    ['the origin null', 'must not', {}, 'null'],
  ])('a page of %s %s call the API', async (_, expected, options, origin) => {
    const { url } = await testServer(options);

    const { headers } = await preflight(url, origin);

    expect(headers.get('access-control-allow-origin')).toBe(
      expected === 'may' ? origin : null,
    );
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toContain('Origin');
  });

  it('a page of an allowed origin may say which client it is', async () => {
    const { url } = await testServer({ corsOrigins: ['https://app.example'] });
    const names = 'apollographql-client-name,apollographql-client-version';

    const { headers } = await fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': names,
      },
    });

    expect(headers.get('access-control-allow-headers')).toBe(names);
  });
});

describe('socket upgrades', () => {
  it.each([
    [
      'a page of the same origin',
      'accepted',
      (host: string) => `http://${host}`,
    ],
    [
      'a page of a configured origin',
      'accepted',
      () => 'https://app.example.org',
    ],
    ['Apollo Sandbox', 'accepted', () => 'https://studio.apollographql.com'],
    [
      'a page of PUBLIC_URL behind a proxy that hides the host',
      'accepted',
      () => 'https://share.example.org',
    ],
    [
      'a page of another origin',
      'refused with 403',
      () => 'https://evil.example',
    ],
    ['a page without an origin', 'refused with 403', () => 'null'],
    [
      'a page whose host starts like the server’s',
      'refused with 403',
      (host: string) => `http://${host}.evil.example`,
    ],
  ])('a socket opened by %s is %s', async (_, expected, origin) => {
    const api = await testApp({
      corsOrigins: ['https://app.example.org'],
      publicUrl: 'https://share.example.org',
    });
    const url = await listen(api);
    const socket = new WebSocket(url, 'graphql-transport-ws', {
      headers: { origin: origin(new URL(url).host) },
    });

    const outcome = await new Promise((resolve) => {
      socket.once('open', () => {
        resolve('accepted');
      });
      socket.once('unexpected-response', (_, { statusCode }) => {
        resolve(`refused with ${statusCode}`);
      });
      socket.on('error', () => undefined);
    });

    expect(outcome).toBe(expected);
    socket.terminate();
  });

  it('a socket opened by Apollo Sandbox is refused while Sandbox is off', async () => {
    const api = await testApp({ sandbox: false });
    const url = await listen(api);

    const opened = openSocket(url, {
      headers: { origin: 'https://studio.apollographql.com' },
    });

    await expect(opened).rejects.toThrow('403');
  });

  it('a socket with another protocol is refused', async () => {
    const api = await testApp();
    const url = await listen(api);

    const refused = new Promise((_, reject) => {
      new WebSocket(url, 'graphql-ws').once('error', reject);
    });

    await expect(refused).rejects.toThrow('no subprotocol');
  });

  it('a socket at another path is refused', async () => {
    const api = await testApp();
    const url = await listen(api);

    const opened = openSocket(url.replace('/graphql', '/nowhere'));

    await expect(opened).rejects.toThrow('404');
  });
});

describe('shutdown', () => {
  it('a stopping server finishes the operations of clients that have disconnected', async () => {
    const { api, url } = await testServer();
    const ana = await buildPerson(api, 'ana');
    const { id } = await buildNeighborhood(api, ana);
    const { reads } = api.services;
    const all = reads.all.bind(reads);
    // Delays reads, as a slow disk would.
    reads.all = async (...statement) => {
      await pause(50);
      return all(...statement);
    };
    const isRead = (table: string) =>
      api.statements.some((sql) => sql.includes(`from ${table}`));

    const abort = new AbortController();
    const answer = fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { ...JSON_TYPE, authorization: `Bearer ${ana.accessToken}` },
      body: operation(
        'query ($id: ID!) { neighborhood(id: $id) { invites { createdBy { name } } } }',
        { id },
      ),
      signal: abort.signal,
    });
    while (!isRead('neighborhoods')) await pause(1);
    abort.abort();
    await expect(answer).rejects.toThrow('aborted');
    await api.close();

    expect(isRead('invites')).toBe(true);
  });
});
