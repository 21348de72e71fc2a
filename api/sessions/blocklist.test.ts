import { setTimeout as pause } from 'node:timers/promises';
import { noHints } from '../database/hints';
import type { Reads } from '../database/reads';
import type { Sql } from '../database/sql';
import { inMinutes, itIs } from '../testing/clock';
import { buildPerson } from '../testing/buildPeople';
import { Logout, Me } from '../testing/operations';
import { temporaryFolder } from '../testing/cleanUp';
import { DATABASES } from '../testing/databases';
import { testApp, type Caller, type TestApi } from '../testing/testApp';
import { openBlocklist } from './blocklist';

/** Waits until the table has been read again. */
async function nextPoll({ services: { blocklist } }: TestApi): Promise<void> {
  while (blocklist.age > 500) await pause(20);
  while (blocklist.age < 500) await pause(20);
  while (blocklist.age > 500) await pause(20);
}

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

describe('announcements of PostgreSQL', () => {
  it('end a session in every process, also where the table cannot be read', async () => {
    const one = await testApp({ database: 'postgres' });
    const { dataDir, databaseUrl } = one.config;
    const other = await testApp({ dataDir, databaseUrl });
    const ana = await buildPerson(one, 'ana');
    while (!other.services.hints.areLive) await pause(20);
    jest
      .spyOn(other.services.systemReads, 'all')
      .mockRejectedValue(new Error('The table cannot be read'));

    await one.as(ana).run(Logout);

    while (!(await isRefused(other.as(ana)))) await pause(20);
    expect(other.services.blocklist.has(ana.sessionId)).toBe(true);
  });
});

describe('clock changes', () => {
  it('a wrong clock does not revive an ended session', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    await api.as(ana).run(Logout);
    const now = new Date();

    // By this clock all tokens of the session have expired.
    itIs(inMinutes(120));
    await nextPoll(api);
    itIs(now);
    await nextPoll(api);

    expect(await isRefused(api.as(ana))).toBe(true);
  });

  it('a server that starts with a wrong clock reads all ended sessions once it is right', async () => {
    const dataDir = await temporaryFolder();
    const before = await testApp({ dataDir });
    const ana = await buildPerson(before, 'ana');
    await before.as(ana).run(Logout);
    const now = new Date();

    itIs(inMinutes(120));
    const api = await testApp({ dataDir });
    expect(api.services.blocklist.has(ana.sessionId)).toBe(false);
    itIs(now);
    while (!api.services.blocklist.has(ana.sessionId)) await pause(50);

    expect(await isRefused(api.as(ana))).toBe(true);
  });
});

describe('polls', () => {
  it('the server reads all ended sessions once, and then the latest, a little further back each minute', async () => {
    const start = Date.now();
    const monotonic = performance.now();
    const reaches: number[] = [];
    const all = jest.fn(({ values }: Sql) => {
      reaches.push(Math.round((Date.now() - Number(values[0])) / 1000));
      return Promise.resolve(reaches.length === 1 ? [{ id: 'old' }] : []);
    });
    const clock = jest.spyOn(performance, 'now');
    const itIsAfter = (seconds: number) => {
      itIs(new Date(start + seconds * 1000));
      clock.mockReturnValue(monotonic + seconds * 1000);
    };
    const nextPolls = async (count: number) => {
      const end = reaches.length + count;
      while (reaches.length < end) await pause(50);
    };
    itIsAfter(0);
    const blocklist = await openBlocklist(
      { all } as unknown as Reads,
      noHints,
      3600,
      fail,
    );

    await nextPolls(1);
    itIsAfter(1);
    await nextPolls(2);
    itIsAfter(61);
    await nextPolls(2);
    expect(blocklist.has('old')).toBe(true);
    itIsAfter(71 * 60);
    await nextPolls(2);

    expect(reaches).toEqual([4200, 30, 31, 30, 660, 30, 4799, 30]);
    expect(blocklist.has('old')).toBe(false);
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
    const all = jest.spyOn(api.services.systemReads, 'all');
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
