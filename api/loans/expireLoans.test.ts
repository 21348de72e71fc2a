import { buildBlock, buildPerson } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { itIs } from '../testing/clock';
import { changeLoan, newsOf, seeLoan } from '../testing/loans';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { testApp } from '../testing/testApp';
import { expireLoans } from './expireLoans';
import { sql } from '../database/sql';

const NOON = new Date('2026-05-10T12:00:00Z');

async function buildStreet(database: DatabaseName, timeZone = 'Europe/Berlin') {
  const api = await testApp({ database });
  const ana = await buildPerson(api, 'ana');
  const street = await buildNeighborhood(api, ana, { timeZone });
  const ben = await buildNeighbor(api, street, 'ben');
  const drill = await buildItem(api, street, ana);
  const expire = () => expireLoans(api.services.orm.em.fork());
  const statusOf = async (id: string) =>
    (await seeLoan(api.as(ben), id))?.status;
  return { api, ana, ben, street, drill, expire, statusOf };
}

describe.each(DATABASES)('expireLoans (%s)', (database) => {
  it.each([
    [
      'a request without an answer for 72 hours',
      'REQUESTED',
      '2026-05-20',
      '2026-05-07T12:00:00.000Z',
      true,
    ],
    [
      'a request without an answer for slightly less than 72 hours',
      'REQUESTED',
      '2026-05-20',
      '2026-05-07T12:00:00.001Z',
      false,
    ],
    [
      'a request whose start has passed',
      'REQUESTED',
      '2026-05-09',
      '2026-05-10T06:00:00.000Z',
      true,
    ],
    [
      'a request that starts today',
      'REQUESTED',
      '2026-05-10',
      '2026-05-10T06:00:00.000Z',
      false,
    ],
    [
      'an approved loan that was not picked up for more than two days',
      'APPROVED',
      '2026-05-07',
      '2026-05-01T06:00:00.000Z',
      true,
    ],
    [
      'an approved loan from the day before yesterday',
      'APPROVED',
      '2026-05-08',
      '2026-05-01T06:00:00.000Z',
      false,
    ],
    [
      'a loan that was handed over',
      'ON_LOAN',
      '2026-05-01',
      '2026-04-01T06:00:00.000Z',
      false,
    ],
  ] as const)(
    'expireLoans handles %s: %s from %s, created at %s, expires: %s',
    async (_, status, startDate, createdAt, isOver) => {
      itIs(NOON);
      const { api, ana, ben, drill, expire, statusOf } =
        await buildStreet(database);
      const { id } = await buildLoan(api, drill, ben, {
        status,
        startDate,
        createdAt: new Date(createdAt),
      });

      const ended = [await expire(), await expire()];

      expect(ended).toEqual([isOver ? 1 : 0, 0]);
      expect(await statusOf(id)).toBe(isOver ? 'EXPIRED' : status);
      const news = isOver ? ['LOAN_EXPIRED'] : [];
      expect([await newsOf(api.as(ana)), await newsOf(api.as(ben))]).toEqual([
        news,
        news,
      ]);
      expect((await seeLoan(api.as(ben), id))?.reason).toBe(
        !isOver
          ? null
          : status === 'REQUESTED'
            ? 'It was not answered in time'
            : 'It was not picked up in time',
      );
      const booked = await api.services.reads.all(
        sql`select day from booked_days`,
      );
      expect(booked.length > 0).toBe(status !== 'REQUESTED' && !isOver);
    },
  );

  it('an expired loan cannot be approved or handed over before the job has run', async () => {
    itIs(NOON);
    const { api, ana, ben, drill } = await buildStreet(database);
    const asked = await buildLoan(api, drill, ben, {
      startDate: '2026-05-20',
      createdAt: new Date('2026-05-07T11:00:00Z'),
    });
    const promised = await buildLoan(api, drill, ben, {
      status: 'APPROVED',
      startDate: '2026-05-07',
    });

    const approved = await changeLoan(api.as(ana), 'approveLoan', {
      loanId: asked.id,
    });
    const handedOver = await changeLoan(api.as(ana), 'handOverLoan', {
      loanId: promised.id,
    });

    expect(approved).toMatchObject({
      loan: { status: 'REQUESTED' },
      errors: [{ code: 'CONFLICT' }],
    });
    expect(handedOver).toMatchObject({
      loan: { status: 'APPROVED' },
      errors: [{ code: 'CONFLICT' }],
    });
    const tasks = await api.as(ana).run('{ myTasks { kind } }');
    expect(tasks.data).toEqual({ myTasks: [] });
  });

  it('a loan between users who blocked each other expires without notifications', async () => {
    itIs(NOON);
    const { api, ana, ben, drill, expire } = await buildStreet(database);
    await buildLoan(api, drill, ben, { startDate: '2026-05-09' });
    await buildBlock(api, ana, ben);

    expect(await expire()).toBe(1);
    expect([await newsOf(api.as(ana)), await newsOf(api.as(ben))]).toEqual([
      [],
      [],
    ]);
  });
});

describe('time zones of expireLoans', () => {
  it.each([
    ['Pacific/Kiritimati', '2026-05-09T09:59:00Z', '2026-05-09T10:01:00Z'],
    ['Europe/Berlin', '2026-05-09T21:59:00Z', '2026-05-09T22:01:00Z'],
    ['Pacific/Honolulu', '2026-05-10T09:59:00Z', '2026-05-10T10:01:00Z'],
  ])(
    'a request for May 9 in %s expires at midnight there',
    async (timeZone, late, early) => {
      itIs(new Date(late));
      const { api, ben, drill, expire } = await buildStreet('sqlite', timeZone);
      await buildLoan(api, drill, ben, { startDate: '2026-05-09' });

      const at2359 = await expire();
      itIs(new Date(early));
      const at0001 = await expire();

      expect([at2359, at0001]).toEqual([0, 1]);
    },
  );
});
