import { redactError } from '../log';
import { buildPerson } from '../testing/buildPeople';
import { testApp } from '../testing/testApp';
import {
  testServer,
  JSON_TYPE,
  post,
  operation,
  expectNoLeak,
} from '../testing/http';

describe('malformed requests', () => {
  it.each<[string, string, Record<string, string>, number]>([
    ['without a body', '', JSON_TYPE, 400],
    ['that is not JSON', '{"query":', JSON_TYPE, 400],
    ['that is a number', '7', JSON_TYPE, 400],
    ['that is null', 'null', JSON_TYPE, 400],
    ['that is a string', '"{ me { id } }"', JSON_TYPE, 400],
    ['that is a list', '[]', JSON_TYPE, 400],
    ['that is a batch', `[${operation('{ __typename }')}]`, JSON_TYPE, 400],
    ['without a query', '{}', JSON_TYPE, 400],
    ['with a number as its query', '{"query":7}', JSON_TYPE, 400],
    [
      'with a list as its variables',
      '{"query":"{ __typename }","variables":[1]}',
      JSON_TYPE,
      400,
    ],
    ['with a syntax error', operation('{ me'), JSON_TYPE, 400],
    ['for an unknown field', operation('{ mee { id } }'), JSON_TYPE, 400],
    [
      'with a subscription',
      operation('subscription { me { id } }'),
      JSON_TYPE,
      400,
    ],
    [
      'that skips a field by null',
      operation('query ($x: Boolean = true) { me @skip(if: $x) { id } }', {
        x: null,
      }),
      JSON_TYPE,
      400,
    ],
    [
      'that is nested too deeply',
      operation(`{ ${'... { '.repeat(3000)} __typename ${'}'.repeat(3000)} }`),
      JSON_TYPE,
      400,
    ],
    ['with a NUL in the query', operation('{ me { id \0 } }'), JSON_TYPE, 400],
    [
      'with a __proto__ key',
      '{"__proto__":{"query":"{ me { id } }"}}',
      JSON_TYPE,
      400,
    ],
    [
      'sent as a form',
      'query={me{id}}',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
    ],
    [
      'sent as plain text',
      operation('{ __typename }'),
      { 'content-type': 'text/plain' },
      415,
    ],
    [
      'of an unknown content type',
      operation('{ __typename }'),
      { 'content-type': 'nonsense' },
      415,
    ],
    [
      'of a megabyte',
      operation(`{ me { id } } # ${'x'.repeat(1_000_000)}`),
      JSON_TYPE,
      413,
    ],
    [
      'with a variable of the wrong type',
      operation(
        'mutation ($i: LoginInput!) { login(input: $i) { expiresIn } }',
        {
          i: { username: 7, password: {} },
        },
      ),
      JSON_TYPE,
      400,
    ],
    [
      'with an unknown input field',
      operation(
        'mutation ($i: LoginInput!) { login(input: $i) { expiresIn } }',
        {
          i: { username: 'ana', password: 'x', passwort: 'x' },
        },
      ),
      JSON_TYPE,
      400,
    ],
  ])(
    'a request %s is refused as a GraphQL error without internals',
    async (_, body, headers, status) => {
      const { url } = await testServer();

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
    const { url } = await testServer();
    const body = operation('{ __typename }');
    const filled = (bytes: number) => body.padEnd(bytes, ' ');

    expect((await post(url, filled(100_000))).status).toBe(200);
    const refused = await post(url, filled(100_001));
    expect(refused.status).toBe(413);
    expect(await refused.text()).toContain('at most 100 kB');
  });

  it('a request to unsubscribe of more than 10 kB is refused', async () => {
    const { url } = await testServer();

    const answer = await fetch(`${url}/unsubscribe?token=x`, {
      method: 'POST',
      body: 'x'.repeat(10_001),
    });

    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('at most 10 kB');
  });

  it.each([
    ['an unknown operation', 'query A { __typename }', 'B', /no operation/],
    [
      'one of several operations without its name',
      'query A { __typename } query B { __typename }',
      undefined,
      /"operationName"/,
    ],
  ])('%s is refused', async (_, query, operationName, message) => {
    const { url } = await testServer();

    const answer = await post(url, JSON.stringify({ query, operationName }));

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(message) as string,
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
  });

  it('errors in production contain no schema names and no stack', async () => {
    const { url } = await testServer({ production: true, sandbox: false });

    const answer = await post(url, operation('{ mee { id } }'));

    const body = await answer.text();
    expect(answer.status).toBe(400);
    expect(body).toContain('Cannot query field');
    expect(body).not.toMatch(/Did you mean|stack/);
  });

  it('null for a non-null argument is reported as BAD_USER_INPUT', async () => {
    const { api, url } = await testServer();
    const ana = await buildPerson(api, 'ana');

    const answer = await post(
      url,
      operation('query ($id: ID = "x") { recipe(id: $id) { id } }', {
        id: null,
      }),
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
  ])('a request for %s finds no file', async (path) => {
    const api = await testApp();

    const answer = await api.http.inject(path);

    expect([400, 403, 404]).toContain(answer.statusCode);
    expectNoLeak(answer.body);
  });
});

describe('unexpected errors', () => {
  it('an unexpected error is answered with an id only, under which it is logged', async () => {
    const { api, url } = await testServer();
    const ana = await buildPerson(api, 'ana');
    const log = jest.spyOn(api.http.log, 'error');
    jest
      .spyOn(api.services.reads, 'all')
      .mockRejectedValue(new Error('SQLITE: secret detail'));

    const answer = await post(url, operation('{ me { id } }'), {
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
      'unexpected error',
    );
  });
});

describe('the error log', () => {
  it('the error log contains no password of a malformed request', async () => {
    const { api, url } = await testServer();
    const log = jest.spyOn(api.http.log, 'error');

    const answer = await post(
      url,
      operation(
        'mutation ($u: String = "x") { login(input: {username: $u, password: "a quiet street"}) { expiresIn } }',
        { u: null },
      ),
    );

    const body = await answer.text();
    expect(body).toContain('BAD_USER_INPUT');
    expect(body).not.toContain('a quiet street');
    expect(log).not.toHaveBeenCalled();
  });

  it('the error log contains no values of a failed SQL statement', () => {
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
