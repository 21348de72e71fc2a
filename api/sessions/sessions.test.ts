import { buildPerson, buildSession } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { inMinutes, itIs } from '../testing/clock';
import { listen, openLine } from '../testing/live';
import { Login, Me, RenewSession } from '../testing/operations';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { SessionEntity } from './session.entity';
import { deleteEndedSessions } from './sessions';
import {
  RevokeSession,
  RevokeOtherSessions,
  sessionsOf,
  isLoggedIn,
} from '../testing/sessions';

const DAY = 24 * 60 * 60 * 1000;

const daysAgo = (days: number) => new Date(Date.now() - days * DAY);

const rowsOf = ({ services }: TestApi) =>
  services.orm.em.fork().find(SessionEntity, {}, { orderBy: { id: 'asc' } });

describe.each(DATABASES)('sessions on %s', (database) => {
  it('active sessions are listed with the current one first, by two SQL statements', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const phone = await buildSession(api, ana, {
      userAgent: 'curl/8.5.0',
      createdAt: daysAgo(9),
      lastUsedAt: daysAgo(2),
    });
    const tablet = await buildSession(api, ana, { lastUsedAt: daysAgo(1) });
    await buildSession(api, ana, { expiresAt: daysAgo(1) });
    await buildSession(api, ana, { revokedAt: daysAgo(0) });
    await buildPerson(api, 'ben');
    api.statements.length = 0;

    const sessions = await sessionsOf(api.as(phone));

    expect(api.statements).toHaveLength(2);
    expect(sessions.map(({ id, current }) => [id, current])).toEqual([
      [phone.sessionId, true],
      [ana.sessionId, false],
      [tablet.sessionId, false],
    ]);
    expect(sessions[0]?.device).toBe('curl');
    expect(Date.parse(String(sessions[0]?.createdAt))).toBeLessThan(
      daysAgo(8).getTime(),
    );
    // The current session counts as used now, whatever is stored.
    expect(Date.parse(String(sessions[0]?.lastUsedAt))).toBeGreaterThan(
      daysAgo(1).getTime(),
    );
  });

  it('sessions are visible to their owner only', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const street = await buildNeighborhood(api, ana);
    const ben = await buildNeighbor(api, street, 'ben');

    const answer = await api
      .as(ben)
      .run<{ user: object }, { id: string }>(
        'query ($id: ID!) { user(id: $id) { name sessions { id } } }',
        { id: ana.user.id },
      );

    expect(answer.data.user).toEqual({ name: 'ana', sessions: null });
  });

  it('the last use of a session is recorded without an SQL statement per request', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const used = await buildSession(api, ana, { lastUsedAt: daysAgo(5) });
    const idle = await buildSession(api, ana, { lastUsedAt: daysAgo(6) });
    api.statements.length = 0;

    await api.as(used).run(Me);
    await api.as(used).run(Me);
    expect(api.statements).toHaveLength(2);
    await api.services.sessionActivity.write();
    await api.services.sessionActivity.write();

    const updates = api.statements.filter((sql) => sql.includes('update'));
    expect(updates).toHaveLength(1);
    const ages = (await sessionsOf(api.as(ana))).map(
      ({ id, lastUsedAt }) =>
        [id, Math.round((Date.now() - Date.parse(lastUsedAt)) / DAY)] as const,
    );
    expect(new Map(ages)).toEqual(
      new Map([
        [ana.sessionId, 0],
        [used.sessionId, 0],
        [idle.sessionId, 6],
      ]),
    );
  });

  it('the last use of a session is recorded at shutdown, and after a failed write', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const before = await buildSession(api, ana, { lastUsedAt: daysAgo(5) });
    await api.as(before).run(Me);
    const broken = jest
      .spyOn(api.services.orm.em, 'fork')
      .mockImplementationOnce(() => {
        throw new Error('The database is away');
      });
    await expect(api.services.sessionActivity.write()).rejects.toThrow('away');
    broken.mockRestore();

    const { dataDir, databaseUrl } = api.config;
    await api.close();

    const after = await testApp({ dataDir, databaseUrl });
    const row = (await rowsOf(after)).find(({ id }) => id === before.sessionId);
    expect(row?.lastUsedAt.getTime()).toBeGreaterThan(daysAgo(1).getTime());
  });

  it('revokeSession ends the tokens, sockets and cookie of the session at once', async () => {
    const api = await testApp({ database });
    const url = await listen(api);
    const ana = await buildPerson(api, 'ana');
    const login = await api.anonymous.run(Login, {
      input: { username: 'ana', password: 'a quiet street at night' },
    });
    const lost = api.as(login.data.login);
    const cookie = String(login.headers['set-cookie']).split(';')[0] ?? '';
    const socket = await openLine(url, login.data.login.accessToken);
    const sessionId = String(
      (await sessionsOf(lost)).find(({ current }) => current)?.id,
    );

    const answer = await api
      .as(ana)
      .run(RevokeSession, { input: { sessionId: sessionId.toUpperCase() } });

    expect(answer.data.revokeSession).toEqual({
      user: { sessions: [{ id: ana.sessionId }] },
      errors: [],
    });
    expect(await isLoggedIn(lost)).toBe(false);
    expect(await isLoggedIn(api.as(ana))).toBe(true);
    expect(await socket.closed).toEqual({
      code: 4401,
      reason: 'TOKEN_REVOKED',
    });
    const renewed = await api.withHeaders({ cookie }).run(RenewSession);
    expect(renewed.data.renewSession.accessToken).toBeNull();
    expect(answer.headers['set-cookie']).toBeUndefined();
    // Revoking a session again is no error.
    const again = await api
      .as(ana)
      .run(RevokeSession, { input: { sessionId } });
    expect(again.data.revokeSession?.errors).toEqual([]);
  });

  it('revokeSession answers a session of another user like an unknown one', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const ben = await buildPerson(api, 'ben');
    const answers = [];
    for (const sessionId of [
      ben.sessionId,
      '018f0000-0000-7000-8000-000000000001',
      'no id',
    ])
      answers.push(
        (await api.as(ana).run(RevokeSession, { input: { sessionId } })).data
          .revokeSession,
      );

    for (const answer of answers)
      expect(answer).toEqual({
        user: null,
        errors: [
          {
            code: 'NOT_FOUND',
            message: 'You have no session with this id',
            field: ['sessionId'],
          },
        ],
      });
    expect(await isLoggedIn(api.as(ben))).toBe(true);
  });

  it('revokeOtherSessions ends all but the current session', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const ben = await buildPerson(api, 'ben');
    const others = [
      await buildSession(api, ana),
      await buildSession(api, ana, { userAgent: 'curl/8.5.0' }),
    ];
    await buildSession(api, ana, { expiresAt: daysAgo(1) });
    await buildSession(api, ana, { revokedAt: daysAgo(1) });

    const answer = await api.as(ana).run(RevokeOtherSessions);

    expect(answer.data.revokeOtherSessions).toEqual({
      revokedCount: 2,
      user: { sessions: [{ id: ana.sessionId }] },
    });
    for (const other of others)
      expect(await isLoggedIn(api.as(other))).toBe(false);
    expect(await isLoggedIn(api.as(ana))).toBe(true);
    expect(await isLoggedIn(api.as(ben))).toBe(true);
  });

  it('ended sessions are deleted once their tokens have expired', async () => {
    const api = await testApp({ database });
    const ana = await buildPerson(api, 'ana');
    const kept = [
      ana,
      await buildSession(api, ana, { revokedAt: daysAgo(1.5) }),
      await buildSession(api, ana, { expiresAt: daysAgo(1.5) }),
    ];
    await buildSession(api, ana, { revokedAt: daysAgo(2.5) });
    await buildSession(api, ana, { expiresAt: daysAgo(2.5) });

    const em = () => api.services.orm.em.fork();
    await Promise.all(
      [em(), em()].map((each) => deleteEndedSessions(each, new Date())),
    );

    expect((await rowsOf(api)).map(({ id }) => id)).toEqual(
      kept.map(({ sessionId }) => sessionId),
    );
  });
});

describe('sessions', () => {
  it('revokeSession clears the cookie and renews no token when it ends the current session', async () => {
    const api = await testApp();
    const ana = await buildPerson(api, 'ana');
    itIs(inMinutes(40));

    const answer = await api
      .as(ana)
      .run(RevokeSession, { input: { sessionId: ana.sessionId } });

    expect(answer.data.revokeSession?.errors).toEqual([]);
    expect(answer.extensions.auth).toBeUndefined();
    expect(answer.headers['set-cookie']).toMatch(
      /^neighborshare_session=; Max-Age=0/,
    );
    expect(await isLoggedIn(api.as(ana))).toBe(false);
  });
});
