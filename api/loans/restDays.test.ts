import { addDays } from '../calendar';
import { buildItem } from '../testing/buildItems';
import { buildLoan } from '../testing/buildLoans';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import { DATABASES } from '../testing/databases';
import { UpdateItem } from '../testing/items';
import { buildLendingStreet, changeLoan } from '../testing/loans';
import { testApp } from '../testing/testApp';

describe.each(DATABASES)('rest of an item (%s)', (database) => {
  it('lowering the buffer days frees days of promised loans, and raising them keeps days free', async () => {
    const { api, ana, ben, street, today } = await buildLendingStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    const saw = await buildItem(api, street, ana, { bufferDays: 7 });
    const day = (days: number) => addDays(today, days);
    const rest = (bufferDays: number) =>
      api.as(ana).run(UpdateItem, { input: { itemId: saw.id, bufferDays } });
    const ask = async (first: number, last: number) =>
      (
        await changeLoan(api.as(cleo), 'requestLoan', {
          itemId: saw.id,
          startDate: day(first),
          dueDate: day(last),
        })
      ).errors.length === 0;
    await buildLoan(api, saw, ben, {
      status: 'APPROVED',
      startDate: day(2),
      dueDate: day(3),
    });

    expect(await ask(5, 6)).toBe(false);
    await rest(0);
    expect(await ask(5, 6)).toBe(true);
    await rest(3);
    expect(await ask(4, 4)).toBe(false);
    expect(await ask(6, 6)).toBe(false);
    expect(await ask(7, 7)).toBe(true);
  });

  it('an item that came back early is free at once, or after its rest', async () => {
    const { api, ana, ben, street, drill, today } =
      await buildLendingStreet(database);
    const saw = await buildItem(api, street, ana);
    const span = `(from: "${today}", to: "${addDays(today, 9)}")`;
    const seen = [];
    for (const item of [saw, drill]) {
      const { id: loanId } = await buildLoan(api, item, ben, {
        status: 'ON_LOAN',
        dueDate: addDays(today, 5),
      });
      await changeLoan(api.as(ana), 'confirmReturn', { loanId });
      seen.push(
        (
          await api
            .as(ben)
            .run(
              `{ item(id: "${item.id}") { availableToday busyDays${span} restDays${span} } }`,
            )
        ).data,
      );
    }

    const resting = [today, addDays(today, 1)];
    expect(seen).toEqual([
      { item: { availableToday: true, busyDays: [], restDays: [] } },
      {
        item: { availableToday: false, busyDays: resting, restDays: resting },
      },
    ]);
  });

  it('of two approvals that leave too short a rest between them, one succeeds', async () => {
    const { api, ana, ben, street, today } = await buildLendingStreet(database);
    const { dataDir, databaseUrl } = api.config;
    const other = await testApp({ dataDir, databaseUrl });
    for (let round = 0; round < 4; round++) {
      const saw = await buildItem(api, street, ana, { bufferDays: 2 });
      const loans = [];
      for (const start of [1, 4])
        loans.push(
          await buildLoan(api, saw, ben, {
            startDate: addDays(today, start),
            dueDate: addDays(today, start + 1),
          }),
        );

      const answers = await Promise.all(
        loans.map(({ id }, index) =>
          changeLoan(
            [api, other][index]?.as(ana) ?? api.as(ana),
            'approveLoan',
            {
              loanId: id,
            },
          ),
        ),
      );

      expect(
        answers.map(({ errors }) => errors[0]?.code ?? 'DONE').sort(),
      ).toEqual(['CONFLICT', 'DONE']);
    }
  });

  it('a change of the rest and an approval at the same time do not fail, and the later sees the earlier', async () => {
    const { api, ana, ben, street, today } = await buildLendingStreet(database);
    const { dataDir, databaseUrl } = api.config;
    const other = await testApp({ dataDir, databaseUrl });
    for (let round = 0; round < 4; round++) {
      const saw = await buildItem(api, street, ana, { bufferDays: 0 });
      await buildLoan(api, saw, ben, {
        status: 'APPROVED',
        startDate: addDays(today, 2),
        dueDate: addDays(today, 3),
      });
      const { id: loanId } = await buildLoan(api, saw, ben, {
        startDate: addDays(today, 4),
        dueDate: addDays(today, 5),
      });

      const [approval, change] = await Promise.all([
        changeLoan(api.as(ana), 'approveLoan', { loanId }),
        other
          .as(ana)
          .run(UpdateItem, { input: { itemId: saw.id, bufferDays: 3 } }),
      ]);

      expect(change.data.updateItem).toMatchObject({
        item: { bufferDays: 3 },
        errors: [],
      });
      // The approval came first, or the rest did not leave it room.
      expect(approval.loan?.status).toBe(
        approval.errors.length === 0 ? 'APPROVED' : 'REQUESTED',
      );
      expect(approval.errors.map(({ code }) => code)).toEqual(
        approval.errors.length === 0 ? [] : ['CONFLICT'],
      );
    }
  });
});
