import { gunzipSync } from 'node:zlib';
import { buildSchema as parseSchema, printSchema } from 'graphql';
import { testApp } from '../testing/testApp';
import { buildSchema } from './schema';

const url = '/schema.graphql';

describe('/schema.graphql', () => {
  it.each([
    ['in development', {}],
    ['in production', { production: true, sandbox: false }],
  ])('/schema.graphql is the served schema %s', async (_, options) => {
    const api = await testApp(options);

    const { statusCode, headers, body } = await api.http.inject({ url });

    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(printSchema(parseSchema(body))).toBe(printSchema(buildSchema()));
    expect(body).toContain('@rateLimit(times:');
    expect(body).toMatch(/\n {2}Rate limit: \d+ calls in \d+ minutes\.\n/);
    expect(body).not.toMatch(/ $/m);
  });

  it('/schema.graphql may be read by pages of every origin, without credentials', async () => {
    const api = await testApp();

    const { headers } = await api.http.inject({
      url,
      headers: { origin: 'https://tools.example' },
    });

    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('/schema.graphql is sent again only when it has changed', async () => {
    const api = await testApp();
    const { headers } = await api.http.inject({ url });
    const etag = String(headers.etag);
    const ask = (known: string) =>
      api.http.inject({ url, headers: { 'if-none-match': known } });

    const unchanged = await Promise.all(
      [etag, `"other", ${etag}`, etag.slice(2), '*'].map(ask),
    );
    const changed = await ask('W/"other"');

    expect(headers['cache-control']).toBe('no-cache');
    for (const { statusCode, body } of unchanged) {
      expect(statusCode).toBe(304);
      expect(body).toBe('');
    }
    expect(changed.statusCode).toBe(200);
  });

  it('/schema.graphql is compressed for clients that accept it', async () => {
    const api = await testApp();
    const ask = (accepted: string) =>
      api.http.inject({ url, headers: { 'accept-encoding': accepted } });

    const plain = await ask('identity');
    const gzip = await ask('deflate, gzip, br');
    const refused = await ask('gzip;q=0');

    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers.vary).toBe('accept-encoding');
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.rawPayload)).toEqual(plain.rawPayload);
    expect(refused.headers['content-encoding']).toBeUndefined();
  });

  it('a refused introspection names /schema.graphql', async () => {
    const api = await testApp({ production: true, sandbox: false });

    const { status, errors } = await api.anonymous.run(
      '{ __schema { queryType { name } } }',
    );

    expect(status).toBe(400);
    expect(errors?.[0]).toMatchObject({
      message:
        'Introspection is switched off: the schema is at /schema.graphql',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  });

  it('/schema.graphql is not found, and not named, where PUBLIC_SCHEMA is false', async () => {
    const api = await testApp({ sandbox: false, publicSchema: false });

    const { statusCode } = await api.http.inject({ url });
    const { errors } = await api.anonymous.run(
      '{ __schema { queryType { name } } }',
    );

    expect(statusCode).toBe(404);
    expect(errors?.[0]?.message).toBe('Introspection is switched off');
  });
});
