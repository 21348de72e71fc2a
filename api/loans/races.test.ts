import { addDays } from '../calendar';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { DATABASES } from '../testing/databases';
import { ask, buildServers, codes, count, SERVERS } from '../testing/servers';
import { bookDays } from './bookedDays';
import { expireLoans } from './expireLoans';
import { sql } from '../database/sql';

describe.each(DATABASES)('concurrent loan mutations (%s)', (database) => {
  it('only one of fifty approvals for overlapping days succeeds', async () => {
    const { api, apps, ana, ben, street, today } = await buildServers(database);
    const drill = await buildItem(api, street, ana, { bufferDays: 1 });
    const loans = [];
    // All of them include the fifth day from now.
    for (let i = 0; i < 50; i++)
      loans.push(
        await buildLoan(api, drill, ben, {
          startDate: addDays(today, 1 + (i % 5)),
          dueDate: addDays(today, 5 + (i % 3)),
        }),
      );

    const answers = await Promise.all(
      loans.map(({ id }, i) =>
        ask(apps[i % SERVERS], ana, 'approveLoan', { loanId: id }),
      ),
    );

    expect(codes(answers)).toEqual([
      ...Array.from({ length: 49 }, () => 'CONFLICT'),
      'DONE',
    ]);
    for (const { loan } of answers.filter(({ errors }) => errors.length > 0))
      expect(loan).toMatchObject({
        status: 'DECLINED',
        viewerActions: ['SEND_MESSAGE'],
      });
    const winner = answers.find(({ errors }) => errors.length === 0)?.loan;
    const days = await api.services.reads.all<{ day: string; loan_id: string }>(
      sql`select day, loan_id from booked_days order by day`,
    );
    expect(new Set(days.map(({ loan_id }) => loan_id))).toEqual(
      new Set([winner?.id]),
    );
    expect(days[0]?.day).toBe(winner?.startDate);
    expect(days.at(-1)?.day).toBe(winner?.dueDate);
    expect(await count(api, "loans where status = 'APPROVED'")).toBe(1);
    expect(await count(api, "notifications where kind = 'LOAN_APPROVED'")).toBe(
      1,
    );
  });

  it('only one of two handovers of an item succeeds', async () => {
    const { api, apps, ana, ben, street, today } = await buildServers(database);
    const drill = await buildItem(api, street, ana);
    const loans = [
      await buildLoan(api, drill, ben, {
        status: 'APPROVED',
        startDate: addDays(today, -1),
        dueDate: today,
      }),
      await buildLoan(api, drill, ben, {
        status: 'APPROVED',
        startDate: addDays(today, 1),
      }),
    ];

    const answers = await Promise.all(
      loans.map(({ id }, i) =>
        ask(apps[i], ana, 'handOverLoan', { loanId: id }),
      ),
    );

    expect(codes(answers)).toEqual(['CONFLICT', 'DONE']);
    const loser = answers.find(({ errors }) => errors.length > 0);
    // The other cannot take today before the handover, nor the item after it.
    expect([
      'One of these days is no longer free',
      'The item is not back yet',
    ]).toContain(loser?.errors[0]?.message);
    expect(loser?.loan).toMatchObject({
      status: 'APPROVED',
      viewerActions: ['CANCEL', 'SEND_MESSAGE'],
    });
    expect(await count(api, "loans where status = 'ON_LOAN'")).toBe(1);
  });

  it('an approval and a cancellation never leave a loan approved after its cancellation', async () => {
    const { api, apps, ana, ben, street } = await buildServers(database);
    for (let round = 0; round < 5; round++) {
      const drill = await buildItem(api, street, ana);
      const { id: loanId } = await buildLoan(api, drill, ben);

      const [approval, withdrawal] = await Promise.all([
        ask(apps[0], ana, 'approveLoan', { loanId }),
        ask(apps[1], ben, 'cancelLoan', { loanId }),
      ]);

      // An approved loan can be cancelled too, so both may succeed in this order.
      const status = withdrawal.errors.length === 0 ? 'CANCELLED' : 'APPROVED';
      if (withdrawal.errors.length > 0)
        expect(withdrawal).toMatchObject({
          loan: { status: 'APPROVED' },
          errors: [{ code: 'CONFLICT' }],
        });
      if (approval.errors.length > 0)
        expect(approval).toMatchObject({
          loan: { status: 'CANCELLED' },
          errors: [{ code: 'CONFLICT' }],
        });
      expect(
        await count(
          api,
          `loans where id = '${loanId}' and status = '${status}'`,
        ),
      ).toBe(1);
      expect(await count(api, `booked_days where loan_id = '${loanId}'`)).toBe(
        status === 'APPROVED' ? 3 : 0,
      );
    }
  });

  it('jobs on several servers expire each loan once, with one notification', async () => {
    const { api, apps, ana, ben, street, today } = await buildServers(database);
    for (let i = 0; i < 8; i++) {
      const drill = await buildItem(api, street, ana);
      await buildLoan(api, drill, ben, {
        startDate: addDays(today, -4),
        status: i % 2 ? 'APPROVED' : 'REQUESTED',
      });
    }

    const ended = await Promise.all(
      [...apps, ...apps].map(({ services }) =>
        expireLoans(services.orm.em.fork()),
      ),
    );

    expect(ended.reduce((sum, one) => sum + one, 0)).toBe(8);
    expect(
      await count(api, "loans where status = 'EXPIRED' and version = 2"),
    ).toBe(8);
    expect(await count(api, 'booked_days')).toBe(0);
    expect(await count(api, "notifications where kind = 'LOAN_EXPIRED'")).toBe(
      16,
    );
  });

  it('the database allows one loan per item and day', async () => {
    const { api, ana, ben, street, today } = await buildServers(database);
    const drill = await buildItem(api, street, ana);
    await buildLoan(api, drill, ben, { status: 'APPROVED' });
    const other = await buildLoan(api, drill, ben);
    const em = api.services.orm.em.fork();

    await expect(
      bookDays(
        em,
        { id: other.id, itemId: drill.id },
        addDays(today, 2),
        addDays(today, 3),
      ),
    ).rejects.toThrow(/unique/i);
  });

  it('the database allows one borrower to hold an item', async () => {
    const { api, ana, ben, street, today } = await buildServers(database);
    const drill = await buildItem(api, street, ana);
    await buildLoan(api, drill, ben, { status: 'DISPUTED' });

    await expect(
      buildLoan(api, drill, ben, {
        status: 'ON_LOAN',
        startDate: addDays(today, 9),
      }),
    ).rejects.toThrow(/unique/i);
  });
});
