import { addDays } from '../calendar';
import { sql } from '../database/sql';
import { ItemEntity } from '../items/item.entity';
import { NeighborhoodEntity } from '../neighborhoods/neighborhood.entity';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import {
  buildCalendarStreet,
  buildFeed,
  inShort,
  NOON,
  readFeed,
} from '../testing/calendar';
import { itIs } from '../testing/clock';
import { DATABASES } from '../testing/databases';
import { buildLendingStreet } from '../testing/loans';
import { changeMembership, membershipIdOf } from '../testing/memberships';

describe.each(DATABASES)('calendars (%s)', (database) => {
  it('a calendar follows a loan from the promise to the return', async () => {
    const { api, ana, ben, drill, day, feed, act, calendar } =
      await buildCalendarStreet(database);
    const owners = await buildFeed(api, ana);
    const loan = await buildLoan(api, drill, ben, {
      startDate: day(0),
      dueDate: day(2),
    });
    const loanId = loan.id;
    expect(await calendar()).toEqual([]);

    await act(ana, 'approveLoan', { loanId });
    expect(await calendar()).toEqual([
      '2026-05-10 Pick up Drill from ana',
      '2026-05-12 Return Drill to ana',
    ]);
    expect(inShort(await readFeed(api, owners))).toEqual([
      '2026-05-10 Hand over Drill to ben',
      '2026-05-12 Get Drill back from ben',
    ]);
    const before = await readFeed(api, feed);

    itIs(new Date(NOON.getTime() + 60_000));
    await act(ana, 'handOverLoan', { loanId });
    const { loan: asked } = await act(ben, 'requestExtension', {
      loanId,
      newDueDate: day(4),
    });
    expect(await calendar()).toContain('2026-05-12 Return Drill to ana');
    await act(ana, 'approveExtension', { extensionId: asked?.extension?.id });
    const after = await readFeed(api, feed);
    expect(inShort(after)).toEqual([
      '2026-05-10 Pick up Drill from ana',
      '2026-05-14 Return Drill to ana',
    ]);
    expect(after.map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
    for (const [index, event] of after.entries()) {
      expect(event.sequence).toBeGreaterThan(before[index]?.sequence ?? 99);
      expect(event.lastModified > (before[index]?.lastModified ?? '')).toBe(
        true,
      );
    }

    await act(ana, 'confirmReturn', { loanId });
    expect(await calendar()).toEqual([
      '2026-05-10 Pick up Drill from ana',
      '2026-05-10 Return Drill to ana',
    ]);
  });

  it('a promise that is called off is shown as cancelled for 30 days, a request never', async () => {
    const { api, ana, ben, drill, day, feed, act, calendar } =
      await buildCalendarStreet(database);
    const days = { startDate: day(3), dueDate: day(5) };
    const promised = await buildLoan(api, drill, ben, days);
    const asked = await buildLoan(api, drill, ben, {
      startDate: day(7),
      dueDate: day(8),
    });
    await act(ana, 'approveLoan', { loanId: promised.id });
    await act(ben, 'cancelLoan', { loanId: asked.id });
    await act(ana, 'cancelLoan', { loanId: promised.id, reason: 'Broken.' });

    const cancelled = [
      '2026-05-13 Pick up Drill from ana (cancelled)',
      '2026-05-15 Return Drill to ana (cancelled)',
    ];
    expect(await calendar()).toEqual(cancelled);
    expect((await api.http.inject(feed)).body).not.toContain('Broken');
    itIs(new Date(NOON.getTime() + 29 * 86_400_000));
    expect(await calendar()).toEqual(cancelled);
    itIs(new Date(NOON.getTime() + 31 * 86_400_000));
    expect(await calendar()).toEqual([]);
  });

  it('an approval that is undone is cancelled, and confirmed again by the next one', async () => {
    const { api, ana, ben, drill, day, act, calendar } =
      await buildCalendarStreet(database);
    const { id: loanId } = await buildLoan(api, drill, ben, {
      startDate: day(1),
      dueDate: day(1),
    });
    await act(ana, 'approveLoan', { loanId });
    await act(ana, 'undoLoanStep', { loanId });
    expect(await calendar()).toEqual([
      '2026-05-11 Pick up Drill from ana (cancelled)',
      '2026-05-11 Return Drill to ana (cancelled)',
    ]);

    await act(ana, 'approveLoan', { loanId });

    expect(await calendar()).toEqual([
      '2026-05-11 Pick up Drill from ana',
      '2026-05-11 Return Drill to ana',
    ]);
  });

  it.each([
    ['Pacific/Kiritimati', '2026-05-11'],
    ['America/New_York', '2026-05-10'],
  ])('days are those of the neighborhood: %s', async (timeZone, today) => {
    itIs(new Date('2026-05-10T23:00:00Z'));
    const { api, ben, drill } = await buildLendingStreet(database, timeZone);
    await buildLoan(api, drill, ben, { status: 'APPROVED' });

    const [pickUp] = await readFeed(api, await buildFeed(api, ben));

    expect([pickUp?.start, pickUp?.end]).toEqual([today, addDays(today, 1)]);
  });

  it('a calendar holds titles, names and days, and never an address, phone number or text', async () => {
    const { api, ana, ben, street, day, feed } =
      await buildCalendarStreet(database);
    const em = api.services.orm.em.fork();
    await em.nativeUpdate(NeighborhoodEntity, street.id, {
      name: 'Elm, Street\nNorth',
    });
    const saw = await buildItem(api, street, ana, {
      title: 'Saw;\r\nBEGIN:VEVENT 🪚',
      description: 'SECRET description',
      pickupNote: 'SECRET note',
    });
    await em.nativeUpdate(
      ItemEntity,
      { id: saw.id },
      { updatedAt: new Date('2026-05-10T12:00:00Z') },
    );
    await api
      .as(ana)
      .run(
        `mutation { updateProfile(input: { name: "Ana, Torres", address: "SECRET street", phone: "SECRET" }) { errors { code } } }`,
      );
    await buildLoan(api, saw, ben, {
      status: 'APPROVED',
      startDate: day(1),
      note: 'SECRET request',
    });

    const events = await readFeed(api, feed);

    expect(events[0]).toMatchObject({
      summary: 'Pick up Saw; BEGIN:VEVENT 🪚 from Ana, Torres',
      lastModified: '2026-05-10T12:00:00Z',
      description: expect.stringMatching(
        /^NeighborShare, Elm, Street North\nhttp.+\/loans\/[\w-]{36}$/,
      ) as string,
    });
    expect(events).toHaveLength(2);
    expect((await api.http.inject(feed)).body).not.toMatch(/SECRET|LOCATION/);
  });

  it('a calendar shows no loan that its user cannot see otherwise', async () => {
    const { api, sam, ana, ben, street, drill, day, calendar } =
      await buildCalendarStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    await buildLoan(api, drill, cleo, { status: 'APPROVED' });
    const saw = await buildItem(api, street, ana, { title: 'Saw' });
    await buildLoan(api, drill, ben, {
      status: 'APPROVED',
      startDate: day(10),
    });
    await buildLoan(api, saw, ben, { status: 'ON_LOAN' });
    const all = [
      '2026-05-10 Pick up Saw from ana',
      '2026-05-12 Return Saw to ana',
      '2026-05-20 Pick up Drill from ana',
      '2026-05-22 Return Drill to ana',
    ];
    expect(await calendar()).toEqual(all);
    const membershipId = await membershipIdOf(api, ben);

    await changeMembership(api.as(sam), 'SUSPEND', membershipId, street.id);
    const suspended = await calendar();
    await changeMembership(api.as(sam), 'BAN', membershipId, street.id);
    const banned = await calendar();

    const held = all.slice(0, 2);
    expect(suspended.filter((event) => !event.endsWith('(cancelled)'))).toEqual(
      held,
    );
    expect(banned).toEqual(held);
  });

  it('a calendar goes back 60 days, and has at most 200 loans', async () => {
    const { api, ana, ben, street, drill, day, feed, calendar } =
      await buildCalendarStreet(database);
    const over = { status: 'RETURNED' } as const;
    await buildLoan(api, drill, ben, {
      ...over,
      startDate: day(-64),
      dueDate: day(-61),
    });
    await buildLoan(api, drill, ben, {
      ...over,
      startDate: day(-64),
      dueDate: day(-60),
    });
    expect(await calendar()).toHaveLength(2);
    const item = await buildItem(api, street, ana, { title: 'Ladder' });
    const loan = await buildLoan(api, item, ben, { ...over });
    const [row] = await api.services.reads.all<object>(
      sql`select * from loans where id = ${loan.id}`,
    );
    await api.services.orm.em
      .fork()
      .getConnection()
      .getKnex()
      .batchInsert(
        'loans',
        Array.from({ length: 220 }, (_, i) => ({
          ...row,
          id: `018f0000-0000-7000-8000-${String(i).padStart(12, '0')}`,
        })),
        20,
      );

    const events = await readFeed(api, feed);

    expect(events).toHaveLength(400);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(400);
  });

  it('a calendar is read with two statements, however many loans it has', async () => {
    const { api, ana, ben, street, feed } = await buildCalendarStreet(database);
    for (let i = 0; i < 5; i++)
      await buildLoan(api, await buildItem(api, street, ana), ben, {
        status: 'APPROVED',
      });
    await readFeed(api, feed);
    api.statements.length = 0;

    expect(await readFeed(api, feed)).toHaveLength(10);

    // Beside them, each of the two rate limits counts with one.
    const attempts = api.statements.filter((each) => each.includes('attempts'));
    expect(api.statements.length - attempts.length).toBe(2);
    expect(attempts).toHaveLength(2);
  });
});
