import { addDays } from '../calendar';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import { buildExtension, buildLoan } from '../testing/buildLoans';
import { itIs } from '../testing/clock';
import {
  buildLendingStreet,
  changeLoan,
  newsOf,
  seeLoan,
  type SeenLoan,
} from '../testing/loans';
import { DATABASES } from '../testing/databases';
import type { Caller } from '../testing/testApp';
import type { LoanStatus } from './loan.entity';
import { sql } from '../database/sql';

const undo = (caller: Caller, loanId: string) =>
  changeLoan(caller, 'undoLoanStep', { loanId });

const canUndo = (loan: SeenLoan | null) =>
  loan?.viewerActions.includes('UNDO') ?? false;

/** Steps that can be undone: status before, side that takes it, mutation and further input. */
const STEPS: [LoanStatus, 'ana' | 'ben', string, object][] = [
  ['REQUESTED', 'ana', 'approveLoan', {}],
  ['REQUESTED', 'ana', 'declineLoan', { reason: 'No.' }],
  ['REQUESTED', 'ben', 'cancelLoan', {}],
  ['APPROVED', 'ben', 'cancelLoan', {}],
  ['APPROVED', 'ana', 'cancelLoan', { reason: 'It is broken.' }],
  ['APPROVED', 'ana', 'handOverLoan', {}],
  ['ON_LOAN', 'ben', 'claimReturn', {}],
  ['ON_LOAN', 'ana', 'confirmReturn', {}],
  ['RETURN_CLAIMED', 'ana', 'confirmReturn', {}],
  ['ON_LOAN', 'ben', 'disputeLoan', { reason: 'It smokes.' }],
  ['DISPUTED', 'ana', 'settleDispute', { outcome: 'RETURNED' }],
  ['DISPUTED', 'ana', 'settleDispute', { outcome: 'DAMAGED', agreement: 'A' }],
  ['DISPUTED', 'ana', 'settleDispute', { outcome: 'LOST' }],
];

describe.each(DATABASES)('undoLoanStep (%s)', (database) => {
  it.each(STEPS)(
    'a loan that was %s is exactly as before after %s has undone %s %j',
    async (status, side, name, input) => {
      const { api, ana, ben, drill, bookedBy } =
        await buildLendingStreet(database);
      const [actor, other] = side === 'ana' ? [ana, ben] : [ben, ana];
      const loan = await buildLoan(api, drill, ben, {
        status,
        reason: status === 'DISPUTED' ? 'It smokes.' : null,
        handedOverAt: ['REQUESTED', 'APPROVED'].includes(status)
          ? null
          : new Date(),
      });
      const rowOf = async () => {
        const [row] = await api.services.reads.all<{ version: number }>(
          sql`select l.status, l.due_date, l.reason, l.agreement, l.handed_over_at, l.returned_at,
            i.status as item_status, i.retired_reason from loans l join items i on i.id = l.item_id
          where l.id = ${loan.id}`,
        );
        return row;
      };
      const before = [await rowOf(), await bookedBy(loan)];

      const step = await changeLoan(api.as(actor), name, {
        loanId: loan.id,
        ...input,
      });
      expect(step.errors).toEqual([]);
      expect(canUndo(step.loan)).toBe(true);
      expect(canUndo(await seeLoan(api.as(other), loan.id))).toBe(false);
      expect(await undo(api.as(other), loan.id)).toMatchObject({
        errors: [{ code: 'CONFLICT' }],
      });
      const undone = await undo(api.as(actor), loan.id);

      expect(undone.errors).toEqual([]);
      expect(undone.loan?.status).toBe(status);
      expect([await rowOf(), await bookedBy(loan)]).toEqual(before);
      expect(await newsOf(api.as(other))).toEqual([]);
      expect(canUndo(undone.loan)).toBe(false);
      expect((await undo(api.as(actor), loan.id)).errors[0]?.code).toBe(
        'CONFLICT',
      );
    },
  );

  it('undoing an approval opens the requests again that it declined, unless they no longer fit', async () => {
    const { api, ana, ben, street, drill, today } =
      await buildLendingStreet(database);
    const [cleo, dan] = [
      await buildNeighbor(api, street, 'cleo'),
      await buildNeighbor(api, street, 'dan'),
    ];
    const loan = await buildLoan(api, drill, ben);
    const again = await buildLoan(api, drill, dan);
    const other = await buildLoan(api, drill, cleo);

    await changeLoan(api.as(ana), 'approveLoan', { loanId: loan.id });
    const later = { startDate: addDays(today, 8), dueDate: addDays(today, 9) };
    await changeLoan(api.as(dan), 'requestLoan', {
      itemId: drill.id,
      ...later,
    });
    expect((await seeLoan(api.as(cleo), other.id))?.status).toBe('DECLINED');
    await undo(api.as(ana), loan.id);

    for (const [person, { id }] of [
      [cleo, other],
      [dan, again],
    ] as const)
      expect(await seeLoan(api.as(person), id)).toMatchObject({
        status: 'REQUESTED',
        reason: null,
      });
    expect(await newsOf(api.as(cleo))).toEqual([]);
  });

  it('undoing an approval leaves a request declined whose borrower has asked for the days again', async () => {
    const { api, ana, ben, street, drill, today } =
      await buildLendingStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    const days = (from: number, to: number) => ({
      startDate: addDays(today, from),
      dueDate: addDays(today, to),
    });
    const loan = await buildLoan(api, drill, ben, days(0, 1));
    const other = await buildLoan(api, drill, cleo, days(1, 5));

    await changeLoan(api.as(ana), 'approveLoan', { loanId: loan.id });
    const { errors } = await changeLoan(api.as(cleo), 'requestLoan', {
      itemId: drill.id,
      ...days(4, 5),
    });
    expect(errors).toEqual([]);
    expect((await undo(api.as(ana), loan.id)).errors).toEqual([]);

    expect((await seeLoan(api.as(cleo), other.id))?.status).toBe('DECLINED');
  });

  it('undoing an extension gives back its days and opens the request again', async () => {
    const { api, ana, ben, drill, bookedBy } =
      await buildLendingStreet(database);
    const loan = await buildLoan(api, drill, ben, { status: 'ON_LOAN' });
    const { id: extensionId } = await buildExtension(api, loan);
    const before = await bookedBy(loan);

    for (const answer of ['approveExtension', 'declineExtension']) {
      await changeLoan(api.as(ana), answer, { extensionId });
      const { loan: undone } = await undo(api.as(ana), loan.id);

      expect(undone).toMatchObject({
        dueDate: loan.dueDate,
        extension: { id: extensionId, status: 'REQUESTED' },
      });
      expect(await bookedBy(loan)).toEqual(before);
    }
  });

  it('a step can be undone for ten minutes', async () => {
    itIs(new Date('2026-05-10T12:00:00Z'));
    const { api, ana, ben, drill } = await buildLendingStreet(database);
    const { id } = await buildLoan(api, drill, ben);
    await changeLoan(api.as(ana), 'approveLoan', { loanId: id });
    const until = async () => {
      const { data } = await api
        .as(ana)
        .run<{ loan: { undoableUntil: string | null } }, object>(
          'query ($id: ID!) { loan(id: $id) { undoableUntil } }',
          { id },
        );
      return data.loan.undoableUntil;
    };

    itIs(new Date('2026-05-10T12:09:59Z'));
    expect(await until()).toBe('2026-05-10T12:10:00.000Z');
    itIs(new Date('2026-05-10T12:10:00Z'));
    expect(await until()).toBeNull();
    expect(await undo(api.as(ana), id)).toMatchObject({
      loan: { status: 'APPROVED' },
      errors: [{ code: 'CONFLICT', message: 'It is too late to undo this' }],
    });
  });

  it('a step cannot be undone once another followed, but a message is no step', async () => {
    const { api, ana, ben, drill } = await buildLendingStreet(database);
    const { id: loanId } = await buildLoan(api, drill, ben);
    await changeLoan(api.as(ana), 'approveLoan', { loanId });
    await api
      .as(ben)
      .run(
        'mutation ($id: ID!) { sendMessage(input: { loanId: $id, body: "Thanks!" }) { errors { code } } }',
        { id: loanId },
      );
    expect(canUndo(await seeLoan(api.as(ana), loanId))).toBe(true);

    await changeLoan(api.as(ben), 'cancelLoan', { loanId });

    expect(canUndo(await seeLoan(api.as(ana), loanId))).toBe(false);
    expect((await undo(api.as(ana), loanId)).errors[0]?.code).toBe('CONFLICT');
  });

  it('a return cannot be undone once another borrower was promised the days', async () => {
    const { api, ana, ben, street, drill, today } =
      await buildLendingStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    const { id: loanId } = await buildLoan(api, drill, ben, {
      status: 'ON_LOAN',
      dueDate: addDays(today, 6),
    });
    await changeLoan(api.as(ana), 'confirmReturn', { loanId });
    const next = await buildLoan(api, drill, cleo, {
      startDate: addDays(today, 4),
      dueDate: addDays(today, 5),
    });
    await changeLoan(api.as(ana), 'approveLoan', { loanId: next.id });

    expect(canUndo(await seeLoan(api.as(ana), loanId))).toBe(false);
    expect((await undo(api.as(ana), loanId)).errors).toMatchObject([
      { message: 'Something has followed, so it cannot be undone' },
    ]);
  });

  it('a user who has read of the step is notified that it was undone', async () => {
    const { api, ana, ben, drill } = await buildLendingStreet(database);
    const { id: loanId } = await buildLoan(api, drill, ben);
    await changeLoan(api.as(ana), 'approveLoan', { loanId });
    await api
      .as(ben)
      .run('mutation { markNotificationsRead(input: {}) { errors { code } } }');

    await undo(api.as(ana), loanId);

    expect(await newsOf(api.as(ben))).toEqual(['STEP_UNDONE', 'LOAN_APPROVED']);
  });

  it('a steward can undo their settlement, and sees the loan no longer than that', async () => {
    itIs(new Date('2026-05-10T12:00:00Z'));
    const { api, sam, ben, drill } = await buildLendingStreet(database);
    const { id: loanId } = await buildLoan(api, drill, ben, {
      status: 'DISPUTED',
    });
    const settle = () =>
      changeLoan(api.as(sam), 'settleDispute', { loanId, outcome: 'RETURNED' });
    expect(canUndo((await settle()).loan)).toBe(true);
    expect((await undo(api.as(sam), loanId)).loan?.status).toBe('DISPUTED');
    await settle();
    itIs(new Date('2026-05-10T12:11:00Z'));
    expect(await seeLoan(api.as(sam), loanId)).toBeNull();
  });

  it('only one of two concurrent undos succeeds', async () => {
    const { api, ana, ben, drill } = await buildLendingStreet(database);
    const { id: loanId } = await buildLoan(api, drill, ben);
    await changeLoan(api.as(ana), 'approveLoan', { loanId });

    const answers = await Promise.all(
      [1, 2].map(() => undo(api.as(ana), loanId)),
    );

    expect(answers.map(({ errors }) => errors.length).sort()).toEqual([0, 1]);
  });
});
