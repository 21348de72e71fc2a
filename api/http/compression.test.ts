import { gunzipSync } from 'node:zlib';
import { inMinutes, itIs } from '../testing/clock';
import { buildPerson, PASSWORD, type Person } from '../testing/buildPeople';
import { bearer, JSON_TYPE, operation } from '../testing/http';
import { testApp, type TestApi } from '../testing/testApp';

const ABOUT = 'I like soup. '.repeat(60);

/** Fields whose answer is longer than what is left uncompressed. */
const LONG = '{ id a: about b: about c: about d: about }';

/** Sends an operation, and returns the encoding and the bytes of the answer. */
async function send(
  { http }: TestApi,
  query: string,
  headers: Record<string, string>,
) {
  const { headers: answered, rawPayload } = await http.inject({
    method: 'POST',
    url: '/graphql',
    headers: { ...JSON_TYPE, ...headers },
    payload: operation(query),
  });
  return {
    encoding: answered['content-encoding'],
    vary: answered.vary,
    bytes: rawPayload,
  };
}

async function buildAna(): Promise<{ api: TestApi; ana: Person }> {
  const api = await testApp();
  return { api, ana: await buildPerson(api, 'ana', { about: ABOUT }) };
}

describe('compression of answers', () => {
  it('a long answer to a query is compressed', async () => {
    const { api, ana } = await buildAna();
    const query = `{ me ${LONG} }`;
    const plain = await send(api, query, bearer(ana));

    const { encoding, vary, bytes } = await send(api, query, {
      ...bearer(ana),
      'accept-encoding': 'br, gzip',
    });

    expect(plain.encoding).toBeUndefined();
    expect(encoding).toBe('gzip');
    expect(vary).toContain('accept-encoding');
    expect(gunzipSync(bytes)).toEqual(plain.bytes);
    expect(bytes.length).toBeLessThan(plain.bytes.length / 4);
  });

  it('a short answer is not compressed', async () => {
    const { api, ana } = await buildAna();

    const { encoding } = await send(api, '{ me { id } }', {
      ...bearer(ana),
      'accept-encoding': 'br, gzip',
    });

    expect(encoding).toBeUndefined();
  });

  it('an answer with the token of a new session is not compressed', async () => {
    const { api } = await buildAna();

    const { encoding, bytes } = await send(
      api,
      `mutation { login(input: { username: "ana", password: "${PASSWORD}" }) {
        accessToken user ${LONG} } }`,
      { 'accept-encoding': 'br, gzip' },
    );

    expect(bytes.toString()).toMatch(/"accessToken":"ey/);
    expect(encoding).toBeUndefined();
  });

  it('an answer with a renewed token is not compressed', async () => {
    const { api, ana } = await buildAna();
    itIs(inMinutes(31));

    const { encoding, bytes } = await send(api, `{ me ${LONG} }`, {
      ...bearer(ana),
      'accept-encoding': 'br, gzip',
    });

    expect(bytes.toString()).toMatch(/"accessToken":"ey/);
    expect(encoding).toBeUndefined();
  });
});
