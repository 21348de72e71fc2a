import { setTimeout as pause } from 'node:timers/promises';
import type { Reads } from '../database/reads';
import type { Sql } from '../database/sql';
import { inMinutes, itIs } from '../testing/clock';
import { buildPerson } from '../testing/buildPeople';
import { Logout, Me } from '../testing/operations';
import { temporaryFolder } from '../testing/cleanUp';
import { DATABASES } from '../testing/databases';
import { testApp, type Caller } from '../testing/testApp';
import { openBlocklist } from './blocklist';

const isRefused = async (caller: Caller) =>
  (await caller.run(Me)).status === 401;

describe('ended sessions', () => {
  it('an ended session stays ended after a restart', async () => {
    const dataDir = await temporaryFolder();
    const before = await testApp({ dataDir });
    const ana = await buildPerson(before, 'ana');
    const ben = await buildPerson(before, 'ben');
    await before.as(ana).run(Logout);
    await before.close();

    const after = await testApp({ dataDir });

    expect(await isRefused(after.as(ana))).toBe(true);
    expect(await isRefused(after.as(ben))).toBe(false);
  });

  it.each(DATABASES)(
    'an ended session is refused by every process on the same %s',
    async (database) => {
      const one = await testApp({ database });
      const { dataDir, databaseUrl } = one.config;
      const other = await testApp({ dataDir, databaseUrl });
      const ana = await buildPerson(one, 'ana');
      expect(await isRefused(other.as(ana))).toBe(false);

      await one.as(ana).run(Logout);

      // The other server reads the table every second, and then refuses the token.
      while (!(await isRefused(other.as(ana)))) await pause(50);
      expect(await isRefused(other.as(ana))).toBe(true);
    },
  );
});

describe('clock changes', () => {
  it('a wrong clock does not revive an ended session', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    await api.as(ana).run(Logout);
    const now = new Date();

    itIs(inMinutes(120));
    // By this clock all tokens of the session have expired.
    while (api.services.blocklist.has(ana.sessionId)) await pause(50);
    itIs(now);
    while (!api.services.blocklist.has(ana.sessionId)) await pause(50);

    expect(await isRefused(api.as(ana))).toBe(true);
  });
});

describe('polls', () => {
  it('the server reads all ended sessions once a minute, and otherwise the latest', async () => {
    const now = new Date();
    const reaches: number[] = [];
    const all = jest.fn(({ values }: Sql) => {
      reaches.push((Date.now() - Number(values[0])) / 60_000);
      return Promise.resolve(reaches.length === 1 ? [{ id: 'old' }] : []);
    });
    itIs(now);
    const reads = { all } as unknown as Reads;
    const blocklist = await openBlocklist(reads, 3600, fail);
    const nextPoll = async () => {
      const before = reaches.length;
      while (reaches.length === before) await pause(50);
      return reaches[before];
    };

    expect(reaches).toEqual([70]);
    expect(await nextPoll()).toBe(10);
    expect(blocklist.has('old')).toBe(true);
    itIs(inMinutes(1));
    expect(await nextPoll()).toBe(70);
    expect(blocklist.has('old')).toBe(false);
    itIs(now);
    expect(await nextPoll()).toBe(70);
    await blocklist.close();
  });
});

const fail = (error: unknown) => {
  throw error;
};

describe('authentication', () => {
  it('authentication needs no SQL statement', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    api.statements.length = 0;

    const answer = await api.as(ana).run('{ recipe(id: "no id") { id } }');

    expect(answer.data).toEqual({ recipe: null });
    expect(api.statements).toEqual([]);
  });

  it('authentication is refused when the ended sessions cannot be read for 30 seconds', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    const all = jest.spyOn(api.services.reads, 'all');
    all.mockRejectedValue(new Error('The table cannot be read'));
    const now = performance.now();
    const clock = jest.spyOn(performance, 'now');

    clock.mockReturnValue(now + 29_000);
    expect((await api.as(ana).run('{ __typename }')).status).toBe(200);
    expect((await api.as(ana).run('{ recipe(id: "x") { id } }')).status).toBe(
      200,
    );
    clock.mockReturnValue(now + 31_000);
    const refused = await api.as(ana).run(Me);
    const open = await api
      .as(ana)
      .run('mutation { renewSession { accessToken } }');

    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.errors?.[0]?.extensions).toEqual({
      code: 'SERVICE_UNAVAILABLE',
    });
    expect(open.status).toBe(200);
    expect(open.extensions.auth).toBeUndefined();
    // Authentication works again once the table can be read.
    all.mockRestore();
    expect((await api.as(ana).run(Me)).status).toBe(200);
  });
});

describe('the blocklist', () => {
  it('the blocklist drops sessions whose last token has expired', async () => {
    const dataDir = await temporaryFolder();
    const api = await testApp({ dataDir });
    const ana = await buildPerson(api, 'ana');
    await api.as(ana).run(Logout);
    expect(api.services.blocklist.has(ana.sessionId)).toBe(true);

    itIs(inMinutes(71));
    const later = await testApp({ dataDir });

    expect(later.services.blocklist.has(ana.sessionId)).toBe(false);
    expect(await isRefused(later.as(ana))).toBe(true);
  });
});
