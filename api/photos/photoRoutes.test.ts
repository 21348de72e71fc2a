import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildPerson } from '../testing/buildPeople';
import { buildPhoto } from '../testing/buildItems';
import { inMinutes, itIs } from '../testing/clock';
import * as picture from '../testing/pictures';
import { testApp, type TestApi } from '../testing/testApp';
import { form, upload } from '../testing/upload';
import { type Uploaded, UpdatePortrait } from '../testing/photos';

const DAY = 24 * 60;

describe('URLs of photos', () => {
  async function photoOf(api: TestApi) {
    const ana = await buildPerson(api, 'ana');
    const bytes = await picture.ofKind('png');
    const answer = await upload(api, ana, bytes);
    return answer.json<Uploaded>().photo;
  }

  it('the URL of a photo is constant for a day and valid for one to two days', async () => {
    itIs(new Date('2026-05-01T00:01:00Z'));
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const { id } = await buildPhoto(api, ana);
    const read = async () => {
      const { user, sessionId } = ana;
      const sessionEnd = inMinutes(DAY);
      const token = api.services.tokens.sign({
        userId: user.id,
        sessionId,
        sessionEnd,
      });
      const answer = await api
        .as(token)
        .run(UpdatePortrait, { input: { photoId: id } });
      return answer.data.updateProfile?.user?.photo?.url ?? '';
    };
    const status = async (url: string) =>
      (await api.http.inject(url)).statusCode;

    const early = await read();
    itIs(new Date('2026-05-01T23:59:00Z'));
    expect(await read()).toBe(early);
    itIs(new Date('2026-05-02T23:59:00Z'));

    expect(await status(early)).toBe(200);
    expect(await read()).not.toBe(early);
    itIs(new Date('2026-05-03T00:00:00Z'));
    expect(await status(early)).toBe(404);
  });

  it('a forged or altered photo URL answers 404', async () => {
    const api = await testApp();
    const { id, url } = await photoOf(api);
    const parts = new URL(url, 'http://localhost');
    const expires = parts.searchParams.get('expires') ?? '';
    const signature = parts.searchParams.get('signature') ?? '';
    expect((await api.http.inject(url)).statusCode).toBe(200);
    const unknown = api.services.signatures.sign(
      'photo',
      `${id.replace(/.$/, 'x')}/small ${expires}`,
    );

    const bent = [
      `/photos/${id}/large?expires=${expires}&signature=${signature}`,
      `/photos/${id}/small?expires=${Number(expires) + 1}&signature=${signature}`,
      `/photos/${id}/small?expires=${expires}&signature=${signature.slice(1)}A`,
      `/photos/${id}/small?expires=${expires}&signature=`,
      `/photos/${id}/small?expires=${expires}`,
      `/photos/${id}/small`,
      `${url}&signature=${signature}`,
      `/photos/${id}/huge?expires=${expires}&signature=${signature}`,
      `/photos/${id.replace(/.$/, 'x')}/small?expires=${expires}&signature=${unknown}`,
    ];

    for (const address of bent) {
      const answer = await api.http.inject(address);
      expect([answer.statusCode, answer.body]).toEqual([404, 'Not found\n']);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('a photo URL needs no token and sets no cookie', async () => {
    const api = await testApp();
    const { url } = await photoOf(api);

    const answer = await api.http.inject({ method: 'HEAD', url });

    expect(answer.statusCode).toBe(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});

describe('uploading a photo', () => {
  it.each<[string, Record<string, string>, number, string, string]>([
    ['no token', {}, 401, 'NO_TOKEN', 'Bearer realm="neighborshare"'],
    [
      'an incomplete header',
      { authorization: 'Bearer' },
      400,
      'BAD_HEADER',
      'Bearer realm="neighborshare", error="invalid_request"',
    ],
    [
      'an invalid token',
      { authorization: 'Bearer x.y.z' },
      401,
      'TOKEN_INVALID',
      'Bearer realm="neighborshare", error="invalid_token"',
    ],
  ])(
    'an upload with %s is refused like a GraphQL operation',
    async (_, headers, status, reason, challenge) => {
      const api = await testApp();
      const { headers: type, payload } = form([
        { bytes: await picture.ofKind('png') },
      ]);

      const answer = await api.http.inject({
        method: 'POST',
        url: '/photos',
        headers: { ...type, ...headers },
        payload,
      });

      expect(answer.statusCode).toBe(status);
      expect(answer.headers['www-authenticate']).toBe(challenge);
      expect(answer.json()).toMatchObject({
        errors: [{ extensions: { code: 'UNAUTHENTICATED', reason } }],
      });
    },
  );

  it('an upload with the token of an ended session is refused', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    await api.as(ana).run('mutation { logout { loggedOut } }');

    const answer = await upload(api, ana, await picture.ofKind('png'));

    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({
      errors: [{ extensions: { reason: 'TOKEN_REVOKED' } }],
    });
  });

  it('an upload is allowed from the configured origins only', async () => {
    const api = await testApp({ corsOrigins: ['https://friend.example'] });
    const ask = (origin: string) =>
      api.http.inject({
        method: 'OPTIONS',
        url: '/photos',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
      });

    const friend = await ask('https://friend.example');
    const stranger = await ask('https://stranger.example');

    expect(friend.statusCode).toBe(204);
    expect(friend.headers['access-control-allow-origin']).toBe(
      'https://friend.example',
    );
    expect(friend.headers['access-control-allow-credentials']).toBeUndefined();
    expect(stranger.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('an upload that is too large is refused before it has arrived completely', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    await api.http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.http.server.address() as AddressInfo;
    const { headers, payload } = form([{ bytes: picture.eleven() }]);
    const sent = request({
      port,
      method: 'POST',
      path: '/photos',
      headers: { ...headers, authorization: `Bearer ${ana.accessToken}` },
    });
    sent.on('error', () => undefined);

    // The last bytes are never sent.
    sent.write(payload.subarray(0, -100_000));
    const [answer] = (await once(sent, 'response')) as [{ statusCode: number }];

    expect(answer.statusCode).toBe(413);
    sent.destroy();
  });
});
