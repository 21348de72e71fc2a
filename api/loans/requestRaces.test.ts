import { addDays } from '../calendar';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { DATABASES } from '../testing/databases';
import { ask, buildServers, codes, count, SERVERS } from '../testing/servers';

describe.each(DATABASES)('concurrent requests (%s)', (database) => {
  it('twenty requests of a borrower create ten loans, and two extension requests create one', async () => {
    const { api, apps, ana, ben, street, today } = await buildServers(database);
    const saw = await buildItem(api, street, ana);
    const drill = await buildItem(api, street, ana);
    const loan = await buildLoan(api, saw, ben, { status: 'ON_LOAN' });

    const requests = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        ask(apps[i % SERVERS], ben, 'requestLoan', {
          itemId: drill.id,
          startDate: addDays(today, i),
          dueDate: addDays(today, i),
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

  it('ten requests of a borrower for overlapping days create one loan', async () => {
    const { api, apps, ana, ben, street, today } = await buildServers(database);
    const drill = await buildItem(api, street, ana);

    const requests = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        ask(apps[i % SERVERS], ben, 'requestLoan', {
          itemId: drill.id,
          startDate: addDays(today, i % 3),
          dueDate: addDays(today, 2),
        }),
      ),
    );

    expect(codes(requests)).toEqual([
      ...Array.from({ length: 9 }, () => 'CONFLICT'),
      'DONE',
    ]);
    expect(await count(api, 'loans')).toBe(1);
    expect(await count(api, 'notifications')).toBe(1);
  });

  it('a request that races with the approval of its days never stays open', async () => {
    const { api, apps, ana, ben, street, today } = await buildServers(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    for (let round = 0; round < 5; round++) {
      const drill = await buildItem(api, street, ana);
      const { id: loanId } = await buildLoan(api, drill, ben);

      await Promise.all([
        ask(apps[0], ana, 'approveLoan', { loanId }),
        ask(apps[1], cleo, 'requestLoan', {
          itemId: drill.id,
          startDate: today,
          dueDate: today,
        }),
      ]);
    }

    expect(await count(api, "loans where status = 'APPROVED'")).toBe(5);
    expect(await count(api, "loans where status = 'REQUESTED'")).toBe(0);
  });
});
