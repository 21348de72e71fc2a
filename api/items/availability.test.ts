import type { Neighborhood } from '../neighborhoods/neighborhood.entity';
import { buildPerson, type Person } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { itIs } from '../testing/clock';
import { Items } from '../testing/items';
import { DATABASES } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';

/** Noon in Berlin. */
const NOON = new Date('2026-05-10T10:00:00Z');

type Seen = {
  availableToday: boolean;
  busyDays: string[];
  restDays: string[];
};

async function see(
  api: TestApi,
  person: Person,
  id: string,
  from = '2026-05-01',
  to = '2026-05-31',
) {
  const answer = await api.as(person).run<{ item: Seen }, object>(
    `{ item(id: "${id}") {
        availableToday busyDays(from: "${from}", to: "${to}") restDays(from: "${from}", to: "${to}")
      } }`,
  );
  return answer.data.item;
}

async function street(api: TestApi, timeZone = 'Europe/Berlin') {
  const ana = await buildPerson(api, 'ana');
  const maple = await buildNeighborhood(api, ana, { timeZone });
  const ben = await buildNeighbor(api, maple, 'ben');
  const cem = await buildNeighbor(api, maple, 'cem');
  return { ana, ben, cem, maple };
}

const find = async (
  api: TestApi,
  person: Person,
  { id }: Neighborhood,
  availableFrom: string,
  availableTo: string,
) =>
  (
    await api.as(person).run(Items, {
      neighborhoodId: id,
      filter: { availableFrom, availableTo },
    })
  ).data.items.edges.map(({ node }) => node.title);

describe.each(DATABASES)('calendar of an item (%s)', (database) => {
  it('busyDays contains booked days and the rest before and after them, without the borrower', async () => {
    itIs(NOON);
    const api = await testApp({ database });
    const { ana, ben, cem, maple } = await street(api);
    const drill = await buildItem(api, maple, ana, { bufferDays: 1 });
    await buildLoan(api, drill, ben, {
      status: 'APPROVED',
      startDate: '2026-05-12',
      dueDate: '2026-05-13',
    });
    await buildLoan(api, drill, ben, { startDate: '2026-05-20' });

    expect(await see(api, cem, drill.id)).toEqual({
      availableToday: true,
      busyDays: ['2026-05-11', '2026-05-12', '2026-05-13', '2026-05-14'],
      restDays: ['2026-05-11', '2026-05-14'],
    });
    expect(
      (await see(api, cem, drill.id, '2026-05-13', '2026-05-13')).busyDays,
    ).toEqual(['2026-05-13']);
  });

  it('busyDays of an overdue item extends until tomorrow', async () => {
    itIs(NOON);
    const api = await testApp({ database });
    const { ana, ben, cem, maple } = await street(api);
    const drill = await buildItem(api, maple, ana);
    await buildLoan(api, drill, ben, {
      status: 'ON_LOAN',
      startDate: '2026-05-06',
      dueDate: '2026-05-07',
    });

    expect(await see(api, cem, drill.id)).toEqual({
      availableToday: false,
      busyDays: [
        '2026-05-06',
        '2026-05-07',
        '2026-05-08',
        '2026-05-09',
        '2026-05-10',
        '2026-05-11',
      ],
      restDays: [],
    });
    expect(
      (await see(api, cem, drill.id, '2026-05-09', '2026-05-09')).busyDays,
    ).toEqual(['2026-05-09']);
    expect(
      (await see(api, cem, drill.id, '2026-05-12', '2026-05-13')).busyDays,
    ).toEqual([]);
  });

  it.each([
    // 10:00 UTC is midnight in both time zones.
    ['Pacific/Kiritimati', '2026-05-10T10:00:00Z', '2026-05-11', '2026-05-10'],
    ['Pacific/Kiritimati', '2026-05-10T09:59:00Z', '2026-05-10', '2026-05-11'],
    ['Pacific/Honolulu', '2026-05-10T10:00:00Z', '2026-05-10', '2026-05-09'],
    ['Pacific/Honolulu', '2026-05-10T09:59:00Z', '2026-05-09', '2026-05-10'],
  ])(
    'availableToday uses the date in %s at %s',
    async (timeZone, moment, today, anotherDay) => {
      itIs(new Date(moment));
      const api = await testApp({ database });
      const { ana, ben, cem, maple } = await street(api, timeZone);
      const drill = await buildItem(api, maple, ana);
      const saw = await buildItem(api, maple, ana);
      for (const [item, day] of [
        [drill, today],
        [saw, anotherDay],
      ] as const)
        await buildLoan(api, item, ben, {
          status: 'APPROVED',
          startDate: day,
          dueDate: day,
        });

      expect((await see(api, cem, drill.id)).availableToday).toBe(false);
      expect((await see(api, cem, saw.id)).availableToday).toBe(true);
    },
  );

  it('busyDays covers at most a year', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await street(api);
    const { id } = await buildItem(api, maple, ana);
    const ask = async (from: string, to: string) =>
      (
        await api
          .as(ana)
          .run(
            `{ item(id: "${id}") { busyDays(from: "${from}", to: "${to}") } }`,
          )
      ).errors?.[0]?.extensions.code;

    expect(await ask('2026-01-01', '2027-01-02')).toBeUndefined();
    expect(await ask('2026-01-01', '2027-01-03')).toBe('BAD_USER_INPUT');
    expect(await ask('2026-05-02', '2026-05-01')).toBe('BAD_USER_INPUT');
  });

  it('availableFrom and availableTo filter items by the days on which they can be borrowed', async () => {
    itIs(NOON);
    const api = await testApp({ database });
    const { ana, ben, cem, maple } = await street(api);
    await buildItem(api, maple, ana, { title: 'free', maxLoanDays: 5 });
    const promised = await buildItem(api, maple, ana, { title: 'promised' });
    await buildLoan(api, promised, ben, {
      status: 'APPROVED',
      startDate: '2026-05-12',
      dueDate: '2026-05-13',
    });
    const overdue = await buildItem(api, maple, ana, { title: 'overdue' });
    await buildLoan(api, overdue, ben, {
      status: 'ON_LOAN',
      startDate: '2026-05-06',
      dueDate: '2026-05-07',
    });
    const asked = await buildItem(api, maple, ana, { title: 'asked for' });
    await buildLoan(api, asked, ben, {
      startDate: '2026-05-10',
      dueDate: '2026-05-13',
    });

    expect(await find(api, cem, maple, '2026-05-10', '2026-05-11')).toEqual([
      'asked for',
      'promised',
      'free',
    ]);
    expect(await find(api, cem, maple, '2026-05-13', '2026-05-15')).toEqual([
      'asked for',
      'overdue',
      'free',
    ]);
    expect(await find(api, cem, maple, '2026-05-14', '2026-05-15')).toEqual([
      'asked for',
      'overdue',
      'promised',
      'free',
    ]);
  });

  it.each([
    ['2026-05-09', '2026-05-10', false, 'begins in the past'],
    ['2026-05-10', '2026-05-14', true, 'is as long as it is lent'],
    ['2026-05-10', '2026-05-15', false, 'is longer than it is lent'],
    ['2026-11-06', '2026-11-10', true, 'begins on the last possible day'],
    ['2026-11-07', '2026-11-07', false, 'begins later than that'],
  ])(
    'a filter from %s to %s lists an item: %s, as it %s',
    async (from, to, isListed) => {
      itIs(NOON);
      const api = await testApp({ database });
      const { ana, cem, maple } = await street(api);
      await buildItem(api, maple, ana, { title: 'drill', maxLoanDays: 5 });

      expect(await find(api, cem, maple, from, to)).toEqual(
        isListed ? ['drill'] : [],
      );
    },
  );

  it('availableFrom and availableTo must be given together and in order', async () => {
    const api = await testApp({ database });
    const { ana, maple } = await street(api);
    const codes = [];
    for (const filter of [
      { availableFrom: '2026-05-01' },
      { availableTo: '2026-05-01' },
      { availableFrom: '2026-05-02', availableTo: '2026-05-01' },
      { availableFrom: '2026-05-02', availableTo: '2028-05-01' },
    ]) {
      const answer = await api
        .as(ana)
        .run(Items, { neighborhoodId: maple.id, filter });
      codes.push(answer.errors?.[0]?.extensions.code);
    }
    expect(codes).toEqual(Array(4).fill('BAD_USER_INPUT'));
    // Non-members learn nothing, not even that the neighborhood exists.
    const out = await buildPerson(api, 'out');
    expect(await find(api, out, maple, '2026-05-01', '2026-05-02')).toEqual([]);
    expect(
      await find(
        api,
        out,
        { ...maple, id: ana.user.id },
        '2026-05-01',
        '2026-05-02',
      ),
    ).toEqual([]);
  });
});
