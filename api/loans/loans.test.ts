import { addDays } from '../calendar';
import { buildBlock } from '../testing/buildPeople';
import { buildLoan, buildMessage, buildReport } from '../testing/buildLoans';
import {
  buildLendingStreet,
  changeLoan,
  idsOf,
  newsOf,
  ownLoans,
  seeLoan,
} from '../testing/loans';
import { DATABASES } from '../testing/databases';

describe.each(DATABASES)('loans (%s)', (database) => {
  it('a loan goes from request to return, and each side is notified of the actions of the other', async () => {
    const { api, ana, ben, drill, today, bookedBy } =
      await buildLendingStreet(database);
    const asAna = api.as(ana);
    const asBen = api.as(ben);
    const requested = await changeLoan(asBen, 'requestLoan', {
      itemId: drill.id,
      startDate: today,
      dueDate: addDays(today, 2),
    });
    const loanId = requested.loan?.id ?? '';

    const approved = await changeLoan(asAna, 'approveLoan', { loanId });
    expect(await bookedBy({ id: loanId })).toEqual(
      [0, 1, 2].map((n) => addDays(today, n)),
    );
    const handedOver = await changeLoan(asAna, 'handOverLoan', { loanId });
    const longer = await changeLoan(asBen, 'requestExtension', {
      loanId,
      newDueDate: addDays(today, 4),
    });
    const extensionId = longer.loan?.extension?.id;
    const extended = await changeLoan(asAna, 'approveExtension', {
      extensionId,
    });
    expect(await bookedBy({ id: loanId })).toEqual(
      [0, 1, 2, 3, 4].map((n) => addDays(today, n)),
    );
    const claimed = await changeLoan(asBen, 'claimReturn', { loanId });
    const returned = await changeLoan(asAna, 'confirmReturn', { loanId });

    expect(
      [
        requested,
        approved,
        handedOver,
        longer,
        extended,
        claimed,
        returned,
      ].map(({ loan, errors }) => [loan?.status, loan?.dueDate, errors]),
    ).toEqual([
      ['REQUESTED', addDays(today, 2), []],
      ['APPROVED', addDays(today, 2), []],
      ['ON_LOAN', addDays(today, 2), []],
      ['ON_LOAN', addDays(today, 2), []],
      ['ON_LOAN', addDays(today, 4), []],
      ['RETURN_CLAIMED', addDays(today, 4), []],
      ['RETURNED', addDays(today, 4), []],
    ]);
    // Returned on the first day.
    expect(await bookedBy({ id: loanId })).toEqual([]);
    expect(await newsOf(asAna)).toEqual([
      'RETURN_CLAIMED',
      'EXTENSION_REQUESTED',
      'LOAN_REQUESTED',
    ]);
    expect(await newsOf(asBen)).toEqual([
      'LOAN_RETURNED',
      'EXTENSION_APPROVED',
      'LOAN_HANDED_OVER',
      'LOAN_APPROVED',
    ]);
  });

  it('a mutation that is too late answers CONFLICT with the current loan', async () => {
    const { api, ana, ben, drill } = await buildLendingStreet(database);
    const { id: loanId } = await buildLoan(api, drill, ben);
    await changeLoan(api.as(ben), 'cancelLoan', { loanId });

    const late = await changeLoan(api.as(ana), 'approveLoan', { loanId });

    expect(late).toEqual({
      loan: expect.objectContaining({
        id: loanId,
        status: 'CANCELLED',
        viewerActions: ['SEND_MESSAGE'],
      }) as unknown,
      errors: [
        {
          code: 'CONFLICT',
          message: 'This loan has changed in the meantime',
          field: null,
        },
      ],
    });
  });

  it('an approved loan can be cancelled by both sides, by the owner only with a reason', async () => {
    const { api, ana, ben, drill, today, bookedBy } =
      await buildLendingStreet(database);
    const mine = await buildLoan(api, drill, ben, { status: 'APPROVED' });
    const theirs = await buildLoan(api, drill, ben, {
      status: 'APPROVED',
      startDate: addDays(today, 9),
    });

    const silent = await changeLoan(api.as(ana), 'cancelLoan', {
      loanId: theirs.id,
      reason: ' ',
    });
    const kind = await changeLoan(api.as(ana), 'cancelLoan', {
      loanId: theirs.id,
      reason: 'It broke.',
    });
    const borrowers = await changeLoan(api.as(ben), 'cancelLoan', {
      loanId: mine.id,
    });

    expect(silent).toEqual({
      loan: null,
      errors: [
        { code: 'INVALID', message: 'Please give a reason', field: ['reason'] },
      ],
    });
    expect(kind.loan).toMatchObject({
      status: 'CANCELLED',
      reason: 'It broke.',
    });
    expect(borrowers.loan).toMatchObject({ status: 'CANCELLED', reason: null });
    expect([await bookedBy(mine), await bookedBy(theirs)]).toEqual([[], []]);
  });

  it('contact details are visible to both sides from approval until the loan ends', async () => {
    const { api, sam, ana, ben, drill } = await buildLendingStreet(database);
    for (const [person, address] of [
      [ana, 'Maple Street 1'],
      [ben, 'Maple Street 2'],
    ] as const)
      await api
        .as(person)
        .run(
          `mutation { updateProfile(input: { address: "${address}", phone: "555" }) { errors { code } } }`,
        );
    const { id: loanId } = await buildLoan(api, drill, ben);
    const contacts = async () => [
      (await seeLoan(api.as(ana), loanId))?.contact ?? null,
      (await seeLoan(api.as(ben), loanId))?.contact ?? null,
    ];
    const both = [
      // The owner wrote the pickup note.
      { address: 'Maple Street 2', phone: '555', pickupNote: null },
      { address: 'Maple Street 1', phone: '555', pickupNote: 'Ring twice.' },
    ];

    expect(await contacts()).toEqual([null, null]);
    await changeLoan(api.as(ana), 'approveLoan', { loanId });
    expect(await contacts()).toEqual(both);
    await changeLoan(api.as(ana), 'handOverLoan', { loanId });
    await changeLoan(api.as(ben), 'disputeLoan', {
      loanId,
      reason: 'It smokes.',
    });
    expect(await contacts()).toEqual(both);
    expect((await seeLoan(api.as(sam), loanId))?.contact).toBeNull();
    await changeLoan(api.as(ana), 'settleDispute', {
      loanId,
      outcome: 'RETURNED',
    });
    expect(await contacts()).toEqual([null, null]);
  });

  it('a steward sees a loan if one of its messages was reported', async () => {
    const { api, sam, ana, ben, street, drill } =
      await buildLendingStreet(database);
    const loan = await buildLoan(api, drill, ben);
    const message = await buildMessage(api, loan, ben);
    expect(await seeLoan(api.as(sam), loan.id)).toBeNull();

    await buildReport(api, street, ana, ben, { message });

    expect(await seeLoan(api.as(sam), loan.id)).toMatchObject({
      viewerRole: 'STEWARD',
      viewerActions: [],
      contact: null,
    });
  });

  it('a loan between users who blocked each other continues, and is hidden once it ends', async () => {
    const { api, ana, ben, drill, today } = await buildLendingStreet(database);
    const running = await buildLoan(api, drill, ben, { status: 'ON_LOAN' });
    const asked = await buildLoan(api, drill, ben, {
      startDate: addDays(today, 9),
    });
    await buildBlock(api, ben, ana);

    for (const person of [ana, ben]) {
      expect(idsOf(await ownLoans(api.as(person)))).toEqual([running.id]);
      expect(await seeLoan(api.as(person), asked.id)).toBeNull();
    }
    const back = await changeLoan(api.as(ana), 'confirmReturn', {
      loanId: running.id,
    });
    expect(back).toMatchObject({
      loan: { status: 'RETURNED', viewerActions: [] },
      errors: [],
    });
    expect(await seeLoan(api.as(ana), running.id)).toBeNull();
  });

  it('each mutation of a request sees the loan as the previous mutation left it', async () => {
    const { api, ana, ben, drill } = await buildLendingStreet(database);
    const { id } = await buildLoan(api, drill, ben);

    const steps = await api.as(ana).run(`mutation {
      approveLoan(input: { loanId: "${id}" }) { loan { viewerActions contact { pickupNote } item { availableToday } } }
      handOverLoan(input: { loanId: "${id}" }) { loan { viewerActions } }
      confirmReturn(input: { loanId: "${id}" }) { loan { viewerActions contact { pickupNote } } }
    }`);

    expect(steps.data).toEqual({
      approveLoan: {
        loan: {
          viewerActions: ['CANCEL', 'HAND_OVER', 'UNDO', 'SEND_MESSAGE'],
          contact: { pickupNote: null },
          item: { availableToday: false },
        },
      },
      handOverLoan: {
        loan: {
          viewerActions: ['CONFIRM_RETURN', 'DISPUTE', 'UNDO', 'SEND_MESSAGE'],
        },
      },
      confirmReturn: {
        loan: { viewerActions: ['UNDO', 'SEND_MESSAGE'], contact: null },
      },
    });
  });
});
