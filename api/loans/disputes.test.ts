import { addDays } from '../calendar';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import { buildItem } from '../testing/buildItems';
import { buildExtension, buildLoan } from '../testing/buildLoans';
import {
  buildLendingStreet,
  changeLoan,
  newsOf,
  seeLoan,
} from '../testing/loans';
import { DATABASES } from '../testing/databases';

describe.each(DATABASES)('disputes (%s)', (database) => {
  it('a lost item is retired, and its pending loans are declined or cancelled', async () => {
    const { api, sam, ana, ben, street, drill, today, bookedBy } =
      await buildLendingStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    const loan = await buildLoan(api, drill, ben, { status: 'ON_LOAN' });
    const asked = await buildLoan(api, drill, cleo, {
      startDate: addDays(today, 20),
    });
    const promised = await buildLoan(api, drill, cleo, {
      status: 'APPROVED',
      startDate: addDays(today, 9),
    });
    await buildExtension(api, loan);

    const disputed = await changeLoan(api.as(ana), 'disputeLoan', {
      loanId: loan.id,
      reason: 'He cannot find it.',
    });
    const settled = await changeLoan(api.as(sam), 'settleDispute', {
      loanId: loan.id,
      outcome: 'LOST',
    });

    expect(disputed.loan).toMatchObject({
      status: 'DISPUTED',
      reason: 'He cannot find it.',
      extension: { status: 'CANCELLED' },
    });
    expect(settled).toMatchObject({
      loan: { status: 'LOST', viewerRole: 'STEWARD', viewerActions: ['UNDO'] },
      errors: [],
    });
    const item = await api
      .as(ana)
      .run(`{ item(id: "${drill.id}") { status retiredReason } }`);
    expect(item.data).toEqual({
      item: { status: 'RETIRED', retiredReason: 'LOST' },
    });
    expect(await seeLoan(api.as(cleo), asked.id)).toMatchObject({
      status: 'DECLINED',
      reason: 'The item is lost',
    });
    expect(await seeLoan(api.as(cleo), promised.id)).toMatchObject({
      status: 'CANCELLED',
    });
    for (const one of [loan, promised]) expect(await bookedBy(one)).toEqual([]);
    expect((await newsOf(api.as(cleo))).sort()).toEqual([
      'LOAN_CANCELLED',
      'LOAN_DECLINED',
    ]);
    expect(await newsOf(api.as(sam))).toEqual(['LOAN_DISPUTED']);
    expect(await newsOf(api.as(ben))).toEqual(['LOAN_LOST', 'LOAN_DISPUTED']);
    expect(await newsOf(api.as(ana))).toEqual(['LOAN_LOST']);
  });

  it('a steward cannot settle a dispute of their own loan', async () => {
    const { api, sam, ana, street } = await buildLendingStreet(database);
    const saw = await buildItem(api, street, ana);
    const { id: loanId } = await buildLoan(api, saw, sam, {
      status: 'DISPUTED',
    });

    const own = await changeLoan(api.as(sam), 'settleDispute', {
      loanId,
      outcome: 'RETURNED',
    });

    expect(own).toMatchObject({
      loan: null,
      errors: [{ code: 'NOT_ALLOWED' }],
    });
    expect(await seeLoan(api.as(sam), loanId)).toMatchObject({
      viewerRole: 'BORROWER',
      viewerActions: ['SEND_MESSAGE'],
    });
  });

  it('damage is settled with what was agreed, which both sides read, and the item stays', async () => {
    const { api, sam, ana, ben, drill, today, bookedBy } =
      await buildLendingStreet(database);
    const loan = await buildLoan(api, drill, ben, {
      status: 'DISPUTED',
      dueDate: addDays(today, 6),
      reason: 'The chuck is bent.',
    });
    const settle = (agreement?: string) =>
      changeLoan(api.as(sam), 'settleDispute', {
        loanId: loan.id,
        outcome: 'DAMAGED',
        agreement,
      });

    for (const text of [undefined, '', '   '])
      expect(await settle(text)).toMatchObject({
        loan: null,
        errors: [{ code: 'INVALID', field: ['agreement'] }],
      });
    expect((await settle('Ben pays for a new one.')).errors).toEqual([]);

    for (const person of [ana, ben]) {
      const { data } = await api
        .as(person)
        .run(
          'query ($id: ID!) { loan(id: $id) { status reason agreement item { status } } }',
          { id: loan.id },
        );
      expect(data).toEqual({
        loan: {
          status: 'DAMAGED',
          reason: 'The chuck is bent.',
          agreement: 'Ben pays for a new one.',
          item: { status: 'ACTIVE' },
        },
      });
      expect(await newsOf(api.as(person))).toEqual(['LOAN_DAMAGED']);
    }
    expect(await bookedBy(loan)).not.toContain(addDays(today, 3));
  });

  it('undoing a loss brings back the item and the loans that it ended', async () => {
    const { api, ana, ben, street, drill, today, bookedBy } =
      await buildLendingStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    const { id: loanId } = await buildLoan(api, drill, ben, {
      status: 'DISPUTED',
    });
    const asked = await buildLoan(api, drill, cleo, {
      startDate: addDays(today, 20),
    });
    const promised = await buildLoan(api, drill, cleo, {
      status: 'APPROVED',
      startDate: addDays(today, 9),
    });
    const days = await bookedBy(promised);
    await changeLoan(api.as(ana), 'settleDispute', { loanId, outcome: 'LOST' });

    await changeLoan(api.as(ana), 'undoLoanStep', { loanId });

    const item = await api
      .as(ana)
      .run(`{ item(id: "${drill.id}") { status retiredReason } }`);
    expect(item.data).toEqual({
      item: { status: 'ACTIVE', retiredReason: null },
    });
    expect((await seeLoan(api.as(cleo), asked.id))?.status).toBe('REQUESTED');
    expect((await seeLoan(api.as(cleo), promised.id))?.status).toBe('APPROVED');
    expect(await bookedBy(promised)).toEqual(days);
    expect(await newsOf(api.as(cleo))).toEqual([]);
  });
});
