import { addDays, dayIn } from '../calendar';
import { buildBlock, buildPerson, type Person } from '../testing/buildPeople';
import {
  buildMembership,
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { itIs } from '../testing/clock';
import { changeLoan, type LoanAnswer } from '../testing/loans';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { testApp } from '../testing/testApp';
import { sql } from '../database/sql';

/** Starts a server where Ana lends a drill for at most five days, with one buffer day, and Ben is a neighbor. */
async function buildStreet(database: DatabaseName, timeZone = 'Europe/Berlin') {
  const api = await testApp({ database });
  const ana = await buildPerson(api, 'ana');
  const street = await buildNeighborhood(api, ana, { timeZone });
  const ben = await buildNeighbor(api, street, 'ben');
  const drill = await buildItem(api, street, ana, {
    maxLoanDays: 5,
    bufferDays: 1,
  });
  const today = dayIn(timeZone, new Date());
  const request = (person: Person, input: object = {}) =>
    changeLoan(api.as(person), 'requestLoan', {
      itemId: drill.id,
      startDate: today,
      dueDate: today,
      ...input,
    });
  return { api, ana, ben, street, drill, today, request };
}

const refusal = ({ loan, errors }: LoanAnswer) => {
  expect(loan).toBeNull();
  return [errors[0]?.code, errors[0]?.field?.[0] ?? null];
};

const NOT_FOUND = {
  loan: null,
  errors: [
    {
      code: 'NOT_FOUND',
      message: 'There is no item with this id',
      field: ['itemId'],
    },
  ],
};

describe.each(DATABASES)('requestLoan (%s)', (database) => {
  it('requestLoan creates a pending request, notifies the owner and books no days', async () => {
    const { api, ana, ben, today, request } = await buildStreet(database);

    const { loan, errors } = await request(ben, {
      dueDate: addDays(today, 4),
      note: 'For a shelf.',
    });

    expect(errors).toEqual([]);
    expect(loan).toMatchObject({
      status: 'REQUESTED',
      startDate: today,
      dueDate: addDays(today, 4),
      viewerRole: 'BORROWER',
      contact: null,
    });
    const news = await api
      .as(ana)
      .run(
        '{ myNotifications { edges { node { kind actor { name } loan { id note } } } } }',
      );
    expect(news.data).toEqual({
      myNotifications: {
        edges: [
          {
            node: {
              kind: 'LOAN_REQUESTED',
              actor: { name: 'ben' },
              loan: { id: loan?.id, note: 'For a shelf.' },
            },
          },
        ],
      },
    });
    expect(
      await api.services.reads.all(sql`select day from booked_days`),
    ).toEqual([]);
  });

  it('requestLoan accepts days from today to half a year ahead, up to the maximum loan length', async () => {
    const { ben, today, request } = await buildStreet(database);
    const days = (from: number, to: number) => ({
      startDate: addDays(today, from),
      dueDate: addDays(today, to),
    });

    expect(refusal(await request(ben, days(-1, 1)))).toEqual([
      'INVALID',
      'startDate',
    ]);
    expect(refusal(await request(ben, days(181, 181)))).toEqual([
      'INVALID',
      'startDate',
    ]);
    expect(refusal(await request(ben, days(1, 0)))).toEqual([
      'INVALID',
      'dueDate',
    ]);
    expect(refusal(await request(ben, days(1, 6)))).toEqual([
      'INVALID',
      'dueDate',
    ]);
    expect((await request(ben, days(180, 184))).errors).toEqual([]);
  });

  it('requestLoan answers an invisible item exactly like an unknown one', async () => {
    const { api, ana, ben, street, drill, request } =
      await buildStreet(database);
    const eve = await buildPerson(api, 'eve');
    const sue = await buildNeighbor(api, street, 'sue', {
      status: 'SUSPENDED',
    });
    const gone = await buildItem(api, street, ana, { status: 'RETIRED' });
    const away = await buildNeighbor(api, street, 'away', {
      status: 'SUSPENDED',
    });
    const theirs = await buildItem(api, street, away);
    const kim = await buildNeighbor(api, street, 'kim');
    await buildBlock(api, kim, ana);
    const lee = await buildNeighbor(api, street, 'lee');
    await buildBlock(api, ana, lee);

    for (const person of [eve, sue, kim, lee])
      expect(await request(person)).toEqual(NOT_FOUND);
    for (const itemId of ['x', gone.id, theirs.id, street.id])
      expect(await request(ben, { itemId })).toEqual(NOT_FOUND);
    expect(
      (await request(ben, { itemId: drill.id.toUpperCase() })).errors,
    ).toEqual([]);
  });

  it("requestLoan refuses paused items and the viewer's own items", async () => {
    const { api, ana, ben, street, request } = await buildStreet(database);
    const paused = await buildItem(api, street, ana, { status: 'PAUSED' });

    expect(refusal(await request(ben, { itemId: paused.id }))).toEqual([
      'NOT_ALLOWED',
      null,
    ]);
    expect(refusal(await request(ana))).toEqual(['NOT_ALLOWED', null]);
  });

  it('requestLoan is refused while the borrower has an overdue item in any neighborhood', async () => {
    const { api, ben, today, request } = await buildStreet(database);
    const otto = await buildPerson(api, 'otto');
    const far = await buildNeighborhood(api, otto, {
      timeZone: 'Pacific/Honolulu',
    });
    await buildMembership(api, far, ben);
    const tent = await buildItem(api, far, otto);
    const thereToday = dayIn(far.timeZone, new Date());
    const loan = await buildLoan(api, tent, ben, {
      status: 'ON_LOAN',
      startDate: addDays(thereToday, -3),
      dueDate: addDays(thereToday, -1),
    });

    const refused = await request(ben);
    await changeLoan(api.as(ben), 'claimReturn', { loanId: loan.id });
    const accepted = await request(ben, { dueDate: today });

    expect(refusal(refused)).toEqual(['NOT_ALLOWED', null]);
    expect(accepted.errors).toEqual([]);
  });

  it('requestLoan is refused while ten requests of the borrower are open', async () => {
    const { api, ben, drill, request } = await buildStreet(database);
    for (let i = 0; i < 10; i++) await buildLoan(api, drill, ben);

    expect(refusal(await request(ben))).toEqual(['LIMIT', null]);
  });

  it('requestLoan refuses days that the borrower has asked for or been promised already', async () => {
    const { api, ana, ben, street, today, request } =
      await buildStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    const days = (from: number, to: number) => ({
      startDate: addDays(today, from),
      dueDate: addDays(today, to),
    });
    const first = await request(ben, days(2, 4));

    for (const again of [days(2, 4), days(0, 2), days(4, 6), days(3, 3)])
      expect(await request(ben, again)).toEqual({
        loan: null,
        errors: [
          {
            code: 'CONFLICT',
            message: 'You have asked for these days already',
            field: ['startDate'],
          },
        ],
      });
    expect((await request(cleo, days(2, 4))).errors).toEqual([]);
    expect((await request(ben, days(5, 6))).errors).toEqual([]);
    await changeLoan(api.as(ana), 'approveLoan', { loanId: first.loan?.id });
    expect((await request(ben, days(3, 3))).errors).toMatchObject([
      {
        code: 'CONFLICT',
        message: 'You have been promised some of these days already',
      },
    ]);
  });

  it('a request that was withdrawn, declined or has expired can be made again', async () => {
    const { api, ana, ben, drill, today, request } =
      await buildStreet(database);
    for (const end of ['cancelLoan', 'declineLoan']) {
      const { loan } = await request(ben);
      const caller = api.as(end === 'cancelLoan' ? ben : ana);
      await changeLoan(caller, end, { loanId: loan?.id });
    }
    // Not answered within 72 hours, while the job that ends it has not run yet.
    await buildLoan(api, drill, ben, {
      startDate: today,
      createdAt: new Date(Date.now() - 73 * 60 * 60 * 1000),
    });

    expect((await request(ben)).errors).toEqual([]);
  });

  it('requestLoan refuses booked days and buffer days of any loan', async () => {
    const { api, ben, street, drill, today, request } =
      await buildStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    await buildLoan(api, drill, cleo, {
      status: 'APPROVED',
      startDate: addDays(today, 3),
      dueDate: addDays(today, 4),
    });
    const days = (from: number, to: number) => ({
      startDate: addDays(today, from),
      dueDate: addDays(today, to),
    });

    const before = await request(ben, days(0, 2));
    expect(refusal(before)).toEqual(['CONFLICT', 'startDate']);
    expect(JSON.stringify(before)).not.toContain('cleo');
    const after = await request(ben, days(5, 6));
    expect(refusal(after)).toEqual(['CONFLICT', 'startDate']);
    expect((await request(ben, days(0, 1))).errors).toEqual([]);
    expect((await request(ben, days(6, 6))).errors).toEqual([]);
  });

  it('requestLoan of an overdue item is refused until it can have come back tomorrow and rested', async () => {
    const { api, ben, street, drill, today, request } =
      await buildStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    await buildLoan(api, drill, cleo, {
      status: 'ON_LOAN',
      startDate: addDays(today, -6),
      dueDate: addDays(today, -4),
    });

    const requestIn = (days: number) => {
      const day = addDays(today, days);
      return request(ben, { startDate: day, dueDate: day });
    };
    for (const days of [0, 1, 2])
      expect((await requestIn(days)).errors).toMatchObject([
        { code: 'CONFLICT', message: 'The item is not back yet' },
      ]);
    expect((await requestIn(3)).errors).toEqual([]);
  });
});

describe('time zones of requestLoan', () => {
  it.each([
    ['Pacific/Kiritimati', '2026-05-09T09:59:00Z', '2026-05-09T10:01:00Z'],
    ['Europe/Berlin', '2026-05-09T21:59:00Z', '2026-05-09T22:01:00Z'],
    ['Pacific/Honolulu', '2026-05-10T09:59:00Z', '2026-05-10T10:01:00Z'],
  ])('today in %s begins at midnight there', async (timeZone, late, early) => {
    itIs(new Date(late));
    const { ben, request } = await buildStreet('sqlite', timeZone);
    const ninth = { startDate: '2026-05-09', dueDate: '2026-05-09' };

    const at2359 = await request(ben, ninth);
    itIs(new Date(early));
    const at0001 = await request(ben, ninth);

    expect(at2359.errors).toEqual([]);
    expect(refusal(at0001)).toEqual(['INVALID', 'startDate']);
  });
});
