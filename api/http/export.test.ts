import type { AddressInfo } from 'node:net';
import { buildPerson } from '../testing/buildPeople';
import { Logout } from '../testing/operations';
import { testApp } from '../testing/testApp';
import { downloadExport, bearer } from '../testing/http';

describe('GET /export', () => {
  it('the export requires an access token and ignores the session cookie', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    await api.as(ana).run(Logout);

    for (const [headers, status, reason] of [
      [{}, 401, 'NO_TOKEN'],
      [{ cookie: 'neighborshare_session=x' }, 401, 'NO_TOKEN'],
      [{ authorization: 'Bearer' }, 400, 'BAD_HEADER'],
      [{ authorization: 'Bearer x' }, 401, 'TOKEN_INVALID'],
      [bearer(ana), 401, 'TOKEN_REVOKED'],
    ] as const) {
      const answer = await downloadExport(api, headers);
      expect(answer.statusCode).toBe(status);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm/);
      expect(answer.headers['content-disposition']).toBeUndefined();
      expect(answer.json()).toMatchObject({
        errors: [{ extensions: { code: 'UNAUTHENTICATED', reason } }],
      });
    }
  });

  it('the export is limited to ten per hour', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    for (let i = 0; i < 10; i++) await downloadExport(api, bearer(ana));

    const answer = await downloadExport(api, bearer(ana));

    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }],
    });
  });

  it.each(['the session ends', 'the database fails'])(
    'the export aborts the connection when %s, so that a partial file is not taken for a complete one',
    async (what) => {
      const api = await testApp();
      await api.http.listen({ port: 0, host: '127.0.0.1' });
      const { port } = api.http.server.address() as AddressInfo;
      const ana = await buildPerson(api, 'ana');
      const { reads, blocklist } = api.services;
      const read = reads.all.bind(reads);
      jest.spyOn(reads, 'all').mockImplementation((query) => {
        if (query.sql.includes('from recipes')) {
          if (what === 'the database fails')
            return Promise.reject(new Error('Gone: a secret'));
          blocklist.add(ana.sessionId);
        }
        return read(query);
      });
      const errorLog = jest.spyOn(api.http.log, 'error');

      const answer = await fetch(`http://127.0.0.1:${port}/export`, {
        headers: bearer(ana),
      });

      expect(answer.status).toBe(200);
      await expect(answer.text()).rejects.toThrow();
      expect(errorLog).toHaveBeenCalledTimes(
        what === 'the database fails' ? 1 : 0,
      );
    },
  );
});
