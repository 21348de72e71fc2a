import { sql } from '../database/sql';
import { PASSWORD } from '../testing/buildPeople';
import {
  buildCalendarStreet,
  buildFeed,
  createFeed,
  NOON,
  readFeed,
  seeFeed,
} from '../testing/calendar';
import { itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import { buildLendingStreet } from '../testing/loans';

describe.each(DATABASES)('calendar addresses (%s)', (database) => {
  it('a calendar address is shown when it is created, and only its hash is stored', async () => {
    const { api, ana } = await buildLendingStreet(database);
    expect(await seeFeed(api.as(ana))).toBeNull();

    const { url, user, errors } = await createFeed(api.as(ana));

    expect(errors).toEqual([]);
    expect(url).toMatch(
      new RegExp(`^${api.config.publicUrl}/calendar/[\\w-]{43}\\.ics$`),
    );
    const createdAt = expect.any(String) as string;
    expect(user?.calendarFeed).toEqual({ createdAt, lastReadAt: null });
    expect(await seeFeed(api.as(ana))).toEqual(user?.calendarFeed);
    const token = url?.slice(-47, -4) ?? '';
    const rows = await api.services.reads.all<object>(
      sql`select * from calendar_feeds`,
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('a second address is a conflict, unless it replaces the first, which then stops', async () => {
    const { api, ana } = await buildLendingStreet(database);
    const first = await buildFeed(api, ana);

    for (const input of [{}, { replace: false }, { replace: null }])
      expect(await createFeed(api.as(ana), input)).toMatchObject({
        url: null,
        user: null,
        errors: [{ code: 'CONFLICT', field: null }],
      });
    expect(await readFeed(api, first)).toEqual([]);
    const second = await buildFeed(api, ana);

    expect(second).not.toBe(first);
    expect(await readFeed(api, second)).toEqual([]);
    expect((await api.http.inject(first)).statusCode).toBe(404);
  });

  it('of two addresses created at once one is refused', async () => {
    const { api, ana } = await buildLendingStreet(database);

    const answers = await Promise.all([
      createFeed(api.as(ana)),
      createFeed(api.as(ana)),
    ]);

    expect(answers.map(({ errors }) => errors.length).sort()).toEqual([0, 1]);
    const path = new URL(answers.find(({ url }) => url)?.url ?? '').pathname;
    expect(await readFeed(api, path)).toEqual([]);
  });

  it('a deleted address stops at once, and deleting it again changes nothing', async () => {
    const { api, ana, ben } = await buildLendingStreet(database);
    const [own, other] = [await buildFeed(api, ana), await buildFeed(api, ben)];

    for (let time = 0; time < 2; time++) {
      const { data } = await api
        .as(ana)
        .run(
          'mutation { deleteCalendarFeed { user { calendarFeed { createdAt } } errors { code } } }',
        );
      expect(data).toEqual({
        deleteCalendarFeed: { user: { calendarFeed: null }, errors: [] },
      });
    }

    expect((await api.http.inject(own)).statusCode).toBe(404);
    expect(await readFeed(api, other)).toEqual([]);
  });

  it('a calendar address is shown to its user alone', async () => {
    const { api, ana, ben } = await buildLendingStreet(database);
    await buildFeed(api, ana);

    const { data } = await api
      .as(ben)
      .run(`{ user(id: "${ana.user.id}") { calendarFeed { createdAt } } }`);

    expect(data).toEqual({ user: { calendarFeed: null } });
  });

  it('a calendar address ends with the account, and outlives a change of the password', async () => {
    const { api, sam, ana } = await buildLendingStreet(database);
    const feed = await buildFeed(api, ana);

    const { data } = await api
      .as(ana)
      .run<{ changePassword: { errors: unknown[] } }, object>(
        `mutation { changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "another quiet street" }) { errors { code } } }`,
      );
    expect(data.changePassword.errors).toEqual([]);
    expect(await readFeed(api, feed)).toEqual([]);
    const others = await buildFeed(api, sam);
    await api
      .as(ana)
      .run(
        'mutation { deleteAccount(input: { password: "another quiet street" }) { deleted errors { code } } }',
      );

    expect((await api.http.inject(feed)).statusCode).toBe(404);
    expect((await api.http.inject(others)).statusCode).toBe(200);
  });

  it('a calendar address says when it was last read, to the hour', async () => {
    const { api, ben, feed } = await buildCalendarStreet(database);
    await readFeed(api, feed);
    itIs(new Date(NOON.getTime() + 50 * 60_000));
    await readFeed(api, feed);
    const early = await seeFeed(api.as(ben));
    itIs(new Date(NOON.getTime() + 61 * 60_000));
    await readFeed(api, feed);
    const [row] = await api.services.reads.all<{ at: number | Date }>(
      sql`select last_read_at as at from calendar_feeds`,
    );

    expect(early?.lastReadAt).toBe(NOON.toISOString());
    expect(new Date(row?.at ?? 0).getTime()).toBe(NOON.getTime() + 61 * 60_000);
  });
});
