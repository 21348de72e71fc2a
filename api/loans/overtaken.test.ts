import { addDays } from '../calendar';
import { buildBlock } from '../testing/buildPeople';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import { buildExtension, buildLoan } from '../testing/buildLoans';
import {
  buildLendingStreet,
  changeLoan,
  newsOf,
  seeLoan,
} from '../testing/loans';
import { DATABASES } from '../testing/databases';

const REASON = 'These days were given to another neighbor';

describe.each(DATABASES)('overtaken requests (%s)', (database) => {
  it('an approval declines the other requests for its days with a reason, notifies their borrowers, and leaves the rest', async () => {
    const { api, ana, ben, street, drill, today } =
      await buildLendingStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    const days = (from: number, to: number) => ({
      startDate: addDays(today, from),
      dueDate: addDays(today, to),
    });
    const approved = await buildLoan(api, drill, ben, days(3, 5));
    const overlapping = await buildLoan(api, drill, cleo, days(5, 6));
    // The drill rests for a day after each loan.
    const restsInto = await buildLoan(api, drill, cleo, days(1, 2));
    const withinRest = await buildLoan(api, drill, cleo, days(6, 8));
    const before = await buildLoan(api, drill, cleo, days(0, 1));
    const after = await buildLoan(api, drill, cleo, days(7, 8));

    const answer = await changeLoan(api.as(ana), 'approveLoan', {
      loanId: approved.id,
    });

    expect(answer.errors).toEqual([]);
    for (const { id } of [overlapping, restsInto, withinRest])
      expect(await seeLoan(api.as(cleo), id)).toMatchObject({
        status: 'DECLINED',
        reason: REASON,
        viewerActions: ['SEND_MESSAGE'],
      });
    for (const { id } of [before, after])
      expect(await seeLoan(api.as(cleo), id)).toMatchObject({
        status: 'REQUESTED',
        reason: null,
      });
    expect(await newsOf(api.as(cleo))).toEqual([
      'DAYS_TAKEN',
      'DAYS_TAKEN',
      'DAYS_TAKEN',
    ]);
    expect(await newsOf(api.as(ana))).toEqual([]);
    const { data } = await api
      .as(ana)
      .run<{ myTasks: { kind: string; loan: { id: string } }[] }, object>(
        '{ myTasks { kind loan { id } } }',
      );
    expect(
      data.myTasks
        .filter(({ kind }) => kind === 'ANSWER_REQUEST')
        .map(({ loan }) => loan.id)
        .sort(),
    ).toEqual([before.id, after.id].sort());
  });

  it('an approval declines an open extension that no longer fits, with a reason', async () => {
    const { api, ana, ben, street, drill } = await buildLendingStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    const held = await buildLoan(api, drill, cleo, { status: 'ON_LOAN' });
    const wish = await buildExtension(api, held);
    const next = await buildLoan(api, drill, ben, {
      startDate: addDays(held.dueDate, 3),
      dueDate: addDays(held.dueDate, 4),
    });

    await changeLoan(api.as(ana), 'approveLoan', { loanId: next.id });

    const { data } = await api
      .as(cleo)
      .run(
        'query ($id: ID!) { loan(id: $id) { status dueDate viewerActions extension { id status reason } } }',
        { id: held.id },
      );
    expect(data).toEqual({
      loan: {
        status: 'ON_LOAN',
        dueDate: held.dueDate,
        viewerActions: expect.arrayContaining(['CLAIM_RETURN']) as string[],
        extension: { id: wish.id, status: 'DECLINED', reason: REASON },
      },
    });
    expect(await newsOf(api.as(cleo))).toEqual(['DAYS_TAKEN']);
  });

  it('an approved extension declines the requests for the days after it', async () => {
    const { api, ana, ben, street, drill } = await buildLendingStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    const held = await buildLoan(api, drill, cleo, { status: 'ON_LOAN' });
    const { id: extensionId } = await buildExtension(api, held);
    const next = await buildLoan(api, drill, ben, {
      startDate: addDays(held.dueDate, 2),
      dueDate: addDays(held.dueDate, 4),
    });

    await changeLoan(api.as(ana), 'approveExtension', { extensionId });

    expect(await seeLoan(api.as(ben), next.id)).toMatchObject({
      status: 'DECLINED',
      reason: REASON,
    });
  });

  it('an overtaken request between two users who have blocked each other ends without a notification', async () => {
    const { api, ana, ben, street, drill } = await buildLendingStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    await buildLoan(api, drill, cleo);
    await buildBlock(api, cleo, ana);
    const { id: loanId } = await buildLoan(api, drill, ben);

    await changeLoan(api.as(ana), 'approveLoan', { loanId });

    expect(await newsOf(api.as(cleo))).toEqual([]);
  });

  it('an overtaken request no longer counts toward the ten open requests', async () => {
    const { api, ana, ben, street, drill, today } =
      await buildLendingStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    const days = (from: number) => ({
      startDate: addDays(today, from),
      dueDate: addDays(today, from),
    });
    for (let i = 0; i < 10; i++)
      await buildLoan(api, drill, cleo, days(2 * i + 1));
    const request = () =>
      changeLoan(api.as(cleo), 'requestLoan', {
        itemId: drill.id,
        ...days(30),
      });
    expect((await request()).errors[0]?.code).toBe('LIMIT');

    const { id: loanId } = await buildLoan(api, drill, ben, days(3));
    await changeLoan(api.as(ana), 'approveLoan', { loanId });

    expect((await request()).errors).toEqual([]);
  });
});
