import { addDays } from '../calendar';
import { buildLoan } from '../testing/buildLoans';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import { itIs } from '../testing/clock';
import { DATABASES, type DatabaseName } from '../testing/databases';
import {
  buildLendingStreet,
  changeLoan,
  newsOf,
  seeLoan,
} from '../testing/loans';
import type { LoanRow } from './loan.entity';
import { expireLoans } from './expireLoans';

const NOON = new Date('2026-05-10T10:00:00Z');

async function buildStreet(database: DatabaseName) {
  itIs(NOON);
  const street = await buildLendingStreet(database);
  const { api, ana, drill, today } = street;
  const cleo = await buildNeighbor(api, street.street, 'cleo');
  const day = (days: number) => addDays(today, days);
  const days = (first: number, last: number) => ({
    startDate: day(first),
    dueDate: day(last),
  });
  const act = (name: string, { id }: LoanRow) =>
    changeLoan(api.as(ana), name, { loanId: id });
  const busyDays = async () => {
    const answer = await api
      .as(cleo)
      .run<{ item: { busyDays: string[] } }, object>(
        `{ item(id: "${drill.id}") { busyDays(from: "${day(0)}", to: "${day(20)}") } }`,
      );
    return answer.data.item.busyDays;
  };
  const expire = () => expireLoans(api.services.orm.em.fork());
  return { ...street, cleo, day, days, act, busyDays, expire };
}

describe.each(DATABASES)('handover (%s)', (database) => {
  it('an item that is handed over before the first day is busy from today on', async () => {
    const { api, drill, ben, cleo, day, days, act, busyDays, bookedBy } =
      await buildStreet(database);
    const loan = await buildLoan(api, drill, ben, {
      status: 'APPROVED',
      ...days(5, 7),
    });
    const asked = await buildLoan(api, drill, cleo, days(1, 3));

    const handedOver = await act('handOverLoan', loan);

    expect(handedOver.errors).toEqual([]);
    expect(await bookedBy(loan)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map(day));
    expect(await busyDays()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map(day));
    expect(await seeLoan(api.as(cleo), asked.id)).toMatchObject({
      status: 'DECLINED',
      reason: 'These days were given to another neighbor',
    });
  });

  it.each([
    ['today', 0, 0],
    ['the day before the first', 4, 4],
  ])(
    'an early handover is a conflict and stores nothing if another loan has %s',
    async (_, first, last) => {
      const { api, drill, ben, cleo, days, day, act, bookedBy } =
        await buildStreet(database);
      const loan = await buildLoan(api, drill, ben, {
        status: 'APPROVED',
        ...days(5, 6),
      });
      await buildLoan(api, drill, cleo, {
        status: 'APPROVED',
        ...days(first, last),
      });

      expect(await act('handOverLoan', loan)).toMatchObject({
        loan: { status: 'APPROVED', viewerActions: ['CANCEL', 'SEND_MESSAGE'] },
        errors: [
          { code: 'CONFLICT', message: 'One of these days is no longer free' },
        ],
      });
      expect(await bookedBy(loan)).toEqual([day(5), day(6)]);
    },
  );

  it('the days of a promise do not run out while another borrower has the item', async () => {
    const { api, drill, ben, cleo, days, act, expire } =
      await buildStreet(database);
    const late = await buildLoan(api, drill, ben, {
      status: 'ON_LOAN',
      ...days(-9, -6),
    });
    const next = await buildLoan(api, drill, cleo, {
      status: 'APPROVED',
      ...days(-5, 10),
    });

    expect(await expire()).toBe(0);
    expect((await act('handOverLoan', next)).errors).toMatchObject([
      { code: 'CONFLICT', message: 'The item is not back yet' },
    ]);
    await act('confirmReturn', late);
    expect(await expire()).toBe(0);
    expect(await act('handOverLoan', next)).toMatchObject({
      loan: { status: 'ON_LOAN' },
      errors: [],
    });
  });

  it('a promise expires when it is not picked up within two days of a late return', async () => {
    const { api, drill, ben, cleo, days, act, expire } =
      await buildStreet(database);
    const late = await buildLoan(api, drill, ben, {
      status: 'RETURN_CLAIMED',
      ...days(-9, -6),
    });
    await buildLoan(api, drill, cleo, { status: 'APPROVED', ...days(-5, 10) });
    await act('confirmReturn', late);

    itIs(new Date(NOON.getTime() + 2 * 86_400_000));
    expect(await expire()).toBe(0);
    itIs(new Date(NOON.getTime() + 3 * 86_400_000));
    expect(await expire()).toBe(1);
  });

  it('a promise whose days have passed when the item comes back ends by a decision only', async () => {
    const { api, ana, drill, ben, cleo, day, days, act, expire, bookedBy } =
      await buildStreet(database);
    await buildLoan(api, drill, ben, {
      status: 'RETURNED',
      ...days(-19, -16),
      returnedOn: day(-9),
    });
    const next = await buildLoan(api, drill, cleo, {
      status: 'APPROVED',
      ...days(-15, -12),
    });

    expect(await expire()).toBe(0);
    expect(await newsOf(api.as(cleo))).toEqual([]);
    expect(await act('handOverLoan', next)).toMatchObject({
      loan: { status: 'APPROVED', viewerActions: ['CANCEL', 'SEND_MESSAGE'] },
      errors: [{ code: 'CONFLICT', message: 'The days of this loan are over' }],
    });
    const cancelled = await changeLoan(api.as(ana), 'cancelLoan', {
      loanId: next.id,
      reason: 'It came back too late.',
    });
    expect(cancelled.errors).toEqual([]);
    expect(await bookedBy(next)).toEqual([]);
  });
});
