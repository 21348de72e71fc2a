import type { AddressInfo } from 'node:net';
import { addDays, dayIn } from '../calendar';
import { buildPerson, type Person } from '../testing/buildPeople';
import {
  buildNeighbor,
  buildNeighborhood,
} from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { loanMutation, type LoanAnswer } from '../testing/loans';
import { DATABASES, type DatabaseName } from '../testing/databases';
import { testApp, type TestApi } from '../testing/testApp';
import { bookDays } from './bookedDays';
import { expireLoans } from './expireLoans';
import { raw, sql } from '../database/sql';

const SERVERS = 3;

/** Several servers on a shared database. */
async function buildServers(database: DatabaseName) {
  const first = await testApp({ database });
  const { dataDir, databaseUrl } = first.config;
  const apps: TestApi[] = [first];
  while (apps.length < SERVERS)
    apps.push(await testApp({ dataDir, databaseUrl }));
  for (const { http } of apps)
    await http.listen({ port: 0, host: '127.0.0.1' });
  const ana = await buildPerson(first, 'ana');
  const street = await buildNeighborhood(first, ana);
  const ben = await buildNeighbor(first, street, 'ben');
  const today = dayIn(street.timeZone, new Date());
  return { api: first, apps, ana, ben, street, today };
}

/** Sends a mutation to one of the servers over a separate connection. */
async function ask(
  app: TestApi | undefined,
  { accessToken }: Person,
  name: string,
  input: object,
): Promise<LoanAnswer> {
  const { port } = app?.http.server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${accessToken}`,
      connection: 'close',
    },
    body: JSON.stringify({ query: loanMutation(name), variables: { input } }),
  });
  const body = (await response.json()) as {
    data?: { answer: LoanAnswer | null };
  };
  if (!body.data?.answer) throw new Error(JSON.stringify(body));
  return body.data.answer;
}

const codes = (answers: LoanAnswer[]) =>
  answers.map(({ errors }) => errors[0]?.code ?? 'DONE').sort();

const count = async (api: TestApi, from: string) => {
  const [row] = await api.services.reads.all<{ count: number | string }>(
    sql`select count(*) as count from ${raw(from)}`,
  );
  return Number(row?.count);
};

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
    for (const { loan, errors } of answers.filter(
      ({ errors }) => errors.length > 0,
    )) {
      expect(loan).toMatchObject({
        status: 'REQUESTED',
        viewerActions: ['DECLINE', 'SEND_MESSAGE'],
      });
      expect(errors[0]?.message).toBe('One of these days is no longer free');
    }
    const winner = answers.find(({ errors }) => errors.length === 0)?.loan;
    const days = await api.services.reads.all<{ day: string; loan_id: string }>(
      sql`select day, loan_id from booked_days order by day`,
    );
    expect(new Set(days.map(({ loan_id }) => loan_id))).toEqual(
      new Set([winner?.id]),
    );
    expect(days[0]?.day).toBe(winner?.startDate);
    expect(days.at(-1)?.day).toBe(addDays(String(winner?.dueDate), 1));
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
    expect(loser?.errors[0]?.message).toBe('The item is not back yet');
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

  it('twenty requests of a borrower create ten loans, and two extension requests create one', async () => {
    const { api, apps, ana, ben, street, today } = await buildServers(database);
    const saw = await buildItem(api, street, ana);
    const drill = await buildItem(api, street, ana);
    const loan = await buildLoan(api, saw, ben, { status: 'ON_LOAN' });

    const requests = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        ask(apps[i % SERVERS], ben, 'requestLoan', {
          itemId: drill.id,
          startDate: today,
          dueDate: today,
        }),
      ),
    );
    const extensions = await Promise.all(
      [0, 1].map((i) =>
        ask(apps[i], ben, 'requestExtension', {
          loanId: loan.id,
          newDueDate: addDays(loan.dueDate, 1),
        }),
      ),
    );

    expect(codes(requests)).toEqual([
      ...Array.from({ length: 10 }, () => 'DONE'),
      ...Array.from({ length: 10 }, () => 'LIMIT'),
    ]);
    expect(codes(extensions)).toEqual(['CONFLICT', 'DONE']);
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
