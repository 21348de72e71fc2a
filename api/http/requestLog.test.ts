import { buildPerson } from '../testing/buildPeople';
import { listen, openLine, until } from '../testing/live';
import { Me, SignUp } from '../testing/operations';
import { testApp, type TestApi } from '../testing/testApp';

const UUID = /^[\da-f-]{36}$/;
const ID = 'x-request-id';

/** Records the log lines of this level from now on. @returns a function that lists them */
function listening(api: TestApi, level: 'info' | 'debug' | 'error') {
  const log = jest.spyOn(api.http.log, level);
  return () =>
    (log.mock.calls as unknown as [Record<string, unknown>, string][]).map(
      ([about, message]) => ({ ...about, message }),
    );
}

describe('the request log', () => {
  it('the request log has one line per request with user, fields and outcome', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const lines = listening(api, 'info');

    const me = await api.as(ana).run(Me);
    await api.anonymous.run(
      '{ ...F } fragment F on Query { me { id } me { name } }',
    );
    await api.anonymous.run('{ nothing }');
    await api.http.inject({ url: '/no/such/page' });

    expect(lines()).toEqual([
      {
        message: 'answered',
        requestId: me.headers[ID],
        method: 'POST',
        route: '/graphql',
        status: 200,
        ms: expect.any(Number) as number,
        userId: ana.user.id,
        kind: 'query',
        operation: 'Me',
        fields: 'me',
      },
      expect.objectContaining({
        status: 401,
        kind: 'query',
        fields: 'me',
        errors: ['UNAUTHENTICATED'],
      }),
      expect.objectContaining({
        status: 400,
        errors: ['GRAPHQL_VALIDATION_FAILED'],
      }),
      expect.objectContaining({ method: 'GET', status: 404 }),
    ]);
  });

  it('the request log contains no password, token, cookie, variable, URL or operation text', async () => {
    const api = await testApp();
    const info = listening(api, 'info');
    const errors = listening(api, 'error');
    const input = {
      username: 'ana',
      password: 'secret-1 street',
      name: 'secret-2',
    };

    const { data, headers } = await api.anonymous.run(SignUp, { input });
    const cookie = String(headers['set-cookie']).split(/[=;]/)[1];
    const token = String(data.signUp.accessToken);
    await api
      .withHeaders({ authorization: `Bearer ${token}`, cookie: `x=${cookie}` })
      .run('{ secret_3: me { id } recipe(id: "secret-4") { id } }');
    await api.anonymous.run('{ me { id } } # secret-5');
    await api.anonymous.run('{ secret_6 }');
    await api.http.inject('/join/secret-7?invite=secret-8');
    await api.http.inject('/invite/secret-13');
    await api.http.inject('/previews/secret-14.png');
    await api.http.inject('/photos/secret-9/SMALL?signature=secret-10');
    await api.http.inject({
      url: '/photos',
      method: 'POST',
      headers: { authorization: token },
    });
    await api.http.inject({ url: '/graphql?query=secret-11', method: 'GET' });
    jest
      .spyOn(api.services.reads, 'all')
      .mockRejectedValueOnce(
        new Error("insert ('secret-12') - SQLITE_ERROR: x"),
      );
    await api.withHeaders({ authorization: `Bearer ${token}` }).run(Me);

    const log = JSON.stringify([...info(), ...errors()]);
    expect(info().length).toBe(11);
    expect(errors().length).toBe(1);
    expect(log).not.toContain(token);
    expect(log).not.toContain(cookie);
    expect(log).not.toMatch(/secret/);
  });

  it('the request log truncates long operation names', async () => {
    const api = await testApp();
    const lines = listening(api, 'info');

    await api.anonymous.run(`query ${'x'.repeat(5000)} { __typename }`);

    expect(lines()).toMatchObject([{ operation: 'x'.repeat(64) }]);
  });

  it('the request log records closed sockets with user and close code', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const url = await listen(api);
    const lines = listening(api, 'info');

    const line = await openLine(url, ana.accessToken);
    line.socket.close(1000);
    await until(() => lines().some(({ message }) => message === 'closed'));

    expect(lines().at(-1)).toMatchObject({
      message: 'closed',
      requestId: expect.stringMatching(UUID) as string,
      userId: ana.user.id,
      code: 1000,
    });
  });

  it('the request log records health checks at debug level only', async () => {
    const api = await testApp();
    const info = listening(api, 'info');
    const debug = listening(api, 'debug');

    await api.http.inject('/health/live');
    await api.http.inject('/health/ready');

    expect(info()).toEqual([]);
    expect(debug()).toHaveLength(2);
  });
});

describe('request ids', () => {
  it.each([
    [
      'an operation',
      { method: 'POST', url: '/graphql', payload: { query: '{ __typename }' } },
    ],
    ['a page', { method: 'GET', url: '/', headers: { accept: 'text/html' } }],
    ['a photo', { method: 'GET', url: '/photos/x/SMALL' }],
    ['a probe', { method: 'GET', url: '/health/live' }],
    ['an unknown route', { method: 'DELETE', url: '/nothing' }],
    ['a malformed request', { method: 'POST', url: '/graphql', payload: '{' }],
  ] as const)(
    'a request id is sent with the response to %s',
    async (_, request) => {
      const api = await testApp();

      const { headers } = await api.http.inject(request);

      expect(headers[ID]).toMatch(UUID);
    },
  );

  it.each([
    ['kept when it is valid', 'proxy-1.2_3', true],
    ['replaced when it is too short', '1234567', false],
    ['replaced when it is too long', 'x'.repeat(65), false],
    ['replaced when it contains special characters', 'abcdefgh"', false],
    ['replaced when it is empty', '', false],
  ])('a request id from the client is %s', async (_, given, isKept) => {
    const api = await testApp();

    const { headers } = await api
      .withHeaders({ [ID]: given })
      .run('{ __typename }');

    if (isKept) expect(headers[ID]).toBe(given);
    else expect(headers[ID]).toMatch(UUID);
  });

  it('an unexpected error is logged under the request id of the response', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const lines = listening(api, 'error');
    jest
      .spyOn(api.services.reads, 'all')
      .mockRejectedValueOnce(new Error('broken'));

    const { headers, errors } = await api.as(ana).run(Me);

    expect(errors?.[0]?.extensions.requestId).toBe(headers[ID]);
    expect(lines()).toMatchObject([
      { requestId: headers[ID], message: 'unexpected error' },
    ]);
  });
});
