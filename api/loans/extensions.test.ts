import { addDays } from '../calendar';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import { buildExtension, buildLoan } from '../testing/buildLoans';
import { buildLendingStreet, changeLoan, newsOf } from '../testing/loans';
import { DATABASES } from '../testing/databases';

describe.each(DATABASES)('extensions (%s)', (database) => {
  it('an extension must end after the due date and within the maximum loan length', async () => {
    const { api, ben, drill } = await buildLendingStreet(database);
    const { id: loanId, dueDate } = await buildLoan(api, drill, ben, {
      status: 'ON_LOAN',
    });
    const ask = (newDueDate: string) =>
      changeLoan(api.as(ben), 'requestExtension', { loanId, newDueDate });

    for (const day of [dueDate, addDays(dueDate, 8)])
      expect(await ask(day)).toMatchObject({
        loan: null,
        errors: [{ code: 'INVALID', field: ['newDueDate'] }],
      });
    expect((await ask(addDays(dueDate, 7))).errors).toEqual([]);
    expect(await ask(addDays(dueDate, 1))).toMatchObject({
      errors: [{ code: 'CONFLICT' }],
    });
  });

  it('an extension cannot take days that are booked by another loan', async () => {
    const { api, ana, ben, street, drill } = await buildLendingStreet(database);
    const cleo = await buildNeighbor(api, street, 'cleo');
    const loan = await buildLoan(api, drill, ben, { status: 'ON_LOAN' });
    const wish = await buildExtension(api, loan, {
      newDueDate: addDays(loan.dueDate, 3),
    });
    await buildLoan(api, drill, cleo, {
      status: 'APPROVED',
      startDate: addDays(loan.dueDate, 4),
    });

    const approved = await changeLoan(api.as(ana), 'approveExtension', {
      extensionId: wish.id,
    });
    const declined = await changeLoan(api.as(ana), 'declineExtension', {
      extensionId: wish.id,
    });
    const again = await changeLoan(api.as(ben), 'requestExtension', {
      loanId: loan.id,
      newDueDate: addDays(loan.dueDate, 3),
    });
    const shorter = await changeLoan(api.as(ben), 'requestExtension', {
      loanId: loan.id,
      newDueDate: addDays(loan.dueDate, 2),
    });

    expect(approved).toMatchObject({
      loan: { dueDate: loan.dueDate, extension: { status: 'REQUESTED' } },
      errors: [
        { code: 'CONFLICT', message: 'One of these days is no longer free' },
      ],
    });
    expect(declined).toMatchObject({
      loan: { extension: { status: 'DECLINED' } },
      errors: [],
    });
    expect(again).toMatchObject({ errors: [{ code: 'CONFLICT' }] });
    expect(shorter.errors).toEqual([]);
  });

  it('an extension request can be withdrawn by the borrower and answered only once', async () => {
    const { api, ana, ben, drill } = await buildLendingStreet(database);
    const loan = await buildLoan(api, drill, ben, { status: 'ON_LOAN' });
    const { id: extensionId } = await buildExtension(api, loan);

    const taken = await changeLoan(api.as(ben), 'cancelExtension', {
      extensionId,
    });
    const late = await changeLoan(api.as(ana), 'approveExtension', {
      extensionId,
    });
    const declined = await changeLoan(api.as(ana), 'declineExtension', {
      extensionId,
    });
    await buildExtension(api, loan);
    const other = await changeLoan(api.as(ana), 'approveExtension', {
      extensionId,
    });

    expect(taken.loan?.extension?.status).toBe('CANCELLED');
    for (const answer of [late, declined, other])
      expect(answer).toMatchObject({
        loan: { id: loan.id, dueDate: loan.dueDate },
        errors: [{ code: 'CONFLICT' }],
      });
    expect(await newsOf(api.as(ana))).toEqual(['EXTENSION_CANCELLED']);
  });
});
