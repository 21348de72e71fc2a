import { addDays, dayIn } from '../calendar';
import type { LoanStatus } from '../loans/loan.entity';
import type { Person } from '../testing/buildPeople';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildExtension, buildLoan, buildReport } from '../testing/buildLoans';
import { itIs } from '../testing/clock';
import { buildLendingStreet, changeLoan } from '../testing/loans';
import { DATABASES } from '../testing/databases';
import { type Caller } from '../testing/testApp';

type Seen = { kind: string; urgency: string; dueDate: string | null };

async function tasksOf(caller: Caller): Promise<Seen[]> {
  const { data } = await caller.run<{ myTasks: Seen[] }, object>(
    '{ myTasks { kind urgency dueDate } }',
  );
  return data.myTasks;
}

const kinds = async (caller: Caller) =>
  (await tasksOf(caller)).map(({ kind }) => kind);

describe.each(DATABASES)('tasks (%s)', (database) => {
  it.each<[LoanStatus, string[], string[], string[]]>([
    ['REQUESTED', ['ANSWER_REQUEST'], [], []],
    ['APPROVED', ['HAND_OVER'], ['PICK_UP'], []],
    ['ON_LOAN', [], ['RETURN_ITEM'], []],
    ['RETURN_CLAIMED', ['CONFIRM_RETURN'], [], []],
    ['DISPUTED', ['SETTLE_DISPUTE'], [], ['SETTLE_DISPUTE']],
    ['RETURNED', [], [], []],
    ['CANCELLED', [], [], []],
  ])(
    'tasks of a loan that is %s are %j for the owner, %j for the borrower and %j for a steward',
    async (status, owner, borrower, steward) => {
      const { api, sam, ana, ben, drill } = await buildLendingStreet(database);
      await buildLoan(api, drill, ben, { status });

      expect(await kinds(api.as(ana))).toEqual(owner);
      expect(await kinds(api.as(ben))).toEqual(borrower);
      expect(await kinds(api.as(sam))).toEqual(steward);
    },
  );

  it('tasks are sorted by urgency, overdue first', async () => {
    itIs(new Date('2026-05-10T12:00:00Z'));
    const { api, ana, ben, street } = await buildLendingStreet(database);
    for (const dueDate of [
      '2026-05-20',
      '2026-05-10',
      '2026-05-08',
      '2026-05-13',
      '2026-05-14',
      '2026-05-09',
    ])
      await buildLoan(api, await buildItem(api, street, ana), ben, {
        status: 'ON_LOAN',
        startDate: '2026-05-05',
        dueDate,
      });
    const claimed = await buildItem(api, street, ben);
    await buildLoan(api, claimed, ana, { status: 'RETURN_CLAIMED' });

    const seen = await tasksOf(api.as(ben));

    expect(seen.map(({ urgency, dueDate }) => [urgency, dueDate])).toEqual([
      ['OVERDUE', '2026-05-08'],
      ['OVERDUE', '2026-05-09'],
      ['TODAY', '2026-05-10'],
      ['SOON', '2026-05-13'],
      ['SOON', null],
      ['LATER', '2026-05-14'],
      ['LATER', '2026-05-20'],
    ]);
  });

  it('a pickup is no task while another borrower has the item or before the first day', async () => {
    const { api, ana, ben, street, drill, today } =
      await buildLendingStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    const held = await buildLoan(api, drill, cleo, {
      status: 'ON_LOAN',
      startDate: addDays(today, -5),
    });
    await buildLoan(api, drill, ben, { status: 'APPROVED', startDate: today });
    await buildLoan(api, await buildItem(api, street, ana), ben, {
      status: 'APPROVED',
      startDate: addDays(today, 2),
    });

    expect(await kinds(api.as(ben))).toEqual(['WAIT_FOR_RETURN']);
    await changeLoan(api.as(ana), 'confirmReturn', { loanId: held.id });
    expect(await kinds(api.as(ben))).toEqual(['PICK_UP']);
    expect(await kinds(api.as(ana))).toEqual(['HAND_OVER']);
  });

  it('a task disappears once it is done', async () => {
    const { api, ana, ben, drill } = await buildLendingStreet(database);
    const loan = await buildLoan(api, drill, ben, { status: 'ON_LOAN' });
    const { id: extensionId } = await buildExtension(api, loan);

    expect(await kinds(api.as(ana))).toEqual(['ANSWER_EXTENSION']);
    await changeLoan(api.as(ana), 'declineExtension', { extensionId });
    expect(await kinds(api.as(ana))).toEqual([]);
    expect(await kinds(api.as(ben))).toEqual(['RETURN_ITEM']);
    await changeLoan(api.as(ben), 'claimReturn', { loanId: loan.id });
    expect(await kinds(api.as(ben))).toEqual([]);
    expect(await kinds(api.as(ana))).toEqual(['CONFIRM_RETURN']);
  });

  it('stewards have tasks for requests to join and for reports', async () => {
    const { api, sam, ana, ben, street } = await buildLendingStreet(database);
    await buildNeighbor(api, street, 'pia', { status: 'PENDING' });
    await buildReport(api, street, ana, ben);

    const { data } = await api
      .as(sam)
      .run(
        '{ myTasks { kind urgency loan { id } membership { user { name } } report { reportedUser { name } } } }',
      );

    expect(data).toEqual({
      myTasks: [
        {
          kind: 'REVIEW_MEMBERSHIP',
          urgency: 'SOON',
          loan: null,
          membership: { user: { name: 'pia' } },
          report: null,
        },
        {
          kind: 'REVIEW_REPORT',
          urgency: 'SOON',
          loan: null,
          membership: null,
          report: { reportedUser: { name: 'ben' } },
        },
      ],
    });
    expect(await kinds(api.as(ana))).toEqual([]);
  });

  it('tasks with their loans take a fixed number of SQL statements', async () => {
    const { api, ana, street } = await buildLendingStreet(database);
    const people: Person[] = [];
    for (let i = 0; i < 5; i++)
      people.push(await buildNeighbor(api, street, `person${i}`));
    const lend = async (times: number) => {
      for (let i = 0; i < times; i++) {
        const borrower = people[i % 5];
        if (borrower)
          await buildLoan(api, await buildItem(api, street, ana), borrower, {
            status: 'RETURN_CLAIMED',
          });
      }
    };
    const count = async () => {
      api.statements.length = 0;
      const { data } = await api
        .as(ana)
        .run<{ myTasks: Seen[] }, object>(
          '{ myTasks { kind urgency dueDate loan { viewerActions item { title } borrower { name } } } }',
        );
      return [data.myTasks.length, api.statements.length];
    };

    await lend(1);
    const [, few] = await count();
    await lend(49);

    expect(await count()).toEqual([25, few]);
    expect(few).toBe(5);
  });
});

describe('time zones of tasks', () => {
  it.each([
    ['Pacific/Kiritimati', '2026-05-09T09:59:00Z', '2026-05-09T10:01:00Z'],
    ['Pacific/Honolulu', '2026-05-10T09:59:00Z', '2026-05-10T10:01:00Z'],
  ])(
    'an item that is due in %s is overdue a minute after midnight there',
    async (timeZone, late, early) => {
      itIs(new Date(late));
      expect(dayIn(timeZone, new Date())).toBe('2026-05-09');
      const { api, ben, drill } = await buildLendingStreet('sqlite', timeZone);
      await buildLoan(api, drill, ben, {
        status: 'ON_LOAN',
        startDate: '2026-05-08',
        dueDate: '2026-05-09',
      });

      const at2359 = await tasksOf(api.as(ben));
      itIs(new Date(early));
      const at0001 = await tasksOf(api.as(ben));

      expect(at2359.map(({ urgency }) => urgency)).toEqual(['TODAY']);
      expect(at0001.map(({ urgency }) => urgency)).toEqual(['OVERDUE']);
    },
  );
});
