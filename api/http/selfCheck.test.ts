import { createPass } from '../doctor/pass';
import { createSignatures } from '../signatures';
import { testApp, type TestApi } from '../testing/testApp';
import { SELF_CHECK_PATH } from './selfCheck';

const OTHER_SECRET = 'vutsrqponmlkjihgfedcba9876543210';
const HOUR_MS = 3_600_000;

const passOf = ({ services }: TestApi, now = Date.now()) =>
  createPass(services.signatures, now);

const send = (
  { http }: TestApi,
  url: string,
  headers: Record<string, string> = {},
  payload = 'x',
) =>
  http.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/octet-stream', ...headers },
    payload,
  });

describe('the self-check', () => {
  it('the self-check answers strangers exactly like an unknown path', async () => {
    const api = await testApp({ trustedProxies: ['127.0.0.1'] });
    const stranger = createPass(createSignatures([OTHER_SECRET]), Date.now());
    const expires = String(Date.now() + HOUR_MS);
    const invite = api.services.signatures.sign('invite', expires);
    const seen = async (url: string, authorization?: string) => {
      const { statusCode, headers, body } = await send(api, url, {
        ...(authorization && { authorization }),
      });
      const { date, 'x-request-id': id, ...rest } = headers;
      expect([date, id]).not.toContain(undefined);
      return { statusCode, rest, body };
    };
    const unknown = await seen('/health/unknown');
    const good = passOf(api);

    expect(unknown.statusCode).toBe(404);
    for (const authorization of [
      undefined,
      '',
      stranger,
      passOf(api, Date.now() - HOUR_MS),
      `Doctor ${expires}.${invite}`,
      good.replace(/\d/, '9'),
      good.replace('Doctor', 'Bearer'),
      `${good} ${good}`,
    ])
      expect(await seen(SELF_CHECK_PATH, authorization)).toEqual(unknown);
  });

  it('the self-check does not read the body of strangers', async () => {
    const api = await testApp();
    let isRead = false;
    api.http.addHook('preParsing', (_, __, ___, done) => {
      isRead = true;
      done();
    });

    const { statusCode } = await send(api, SELF_CHECK_PATH, {
      'content-length': '99000000',
    });

    expect(statusCode).toBe(404);
    expect(isRead).toBe(false);
  });

  it('the self-check tells the doctor how its request arrived, and nothing of others', async () => {
    const api = await testApp({ trustedProxies: ['127.0.0.1'] });

    const answer = await send(
      api,
      SELF_CHECK_PATH,
      {
        authorization: passOf(api),
        'x-forwarded-for': '203.0.113.9',
        host: 'share.example.org',
      },
      'x'.repeat(200_000),
    );

    const { startedAt, ...seen } = answer.json<{ startedAt: number }>();
    expect(seen).toEqual({
      client: '203.0.113.9',
      peer: '127.0.0.1',
      isTrusted: true,
      forwardedFor: '203.0.113.9',
      host: 'share.example.org',
      bytes: 200_000,
    });
    expect(startedAt).toBeLessThan(Date.now());
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('the self-check refuses bodies that are larger than an upload', async () => {
    const api = await testApp();

    const { statusCode } = await send(
      api,
      SELF_CHECK_PATH,
      { authorization: passOf(api) },
      'x'.repeat(11_000_001),
    );

    expect(statusCode).toBe(413);
  });
});
