import { addDays } from '../calendar';
import { buildNeighbor } from '../testing/buildNeighborhoods';
import { buildLoan } from '../testing/buildLoans';
import {
  buildLendingStreet,
  changeLoan,
  newsOf,
  seeLoan,
} from '../testing/loans';
import { DATABASES, type DatabaseName } from '../testing/databases';
import type { Caller } from '../testing/testApp';
import { notifyLateReturns } from './lateReturns';

/** Ben is one day late with the drill, which Cleo was promised from today on. */
async function buildLate(database: DatabaseName) {
  const street = await buildLendingStreet(database);
  const { api, ben, drill, today } = street;
  const cleo = await buildNeighbor(api, street.street, 'cleo');
  const late = await buildLoan(api, drill, ben, {
    status: 'ON_LOAN',
    startDate: addDays(today, -4),
    dueDate: addDays(today, -2),
  });
  const next = await buildLoan(api, drill, cleo, {
    status: 'APPROVED',
    startDate: today,
  });
  const run = () => notifyLateReturns(api.services.orm.em.fork());
  return { ...street, cleo, late, next, run };
}

const tasksOf = async (caller: Caller) => {
  const { data } = await caller.run<
    { myTasks: { kind: string; urgency: string; loan: { id: string } }[] },
    object
  >('{ myTasks { kind urgency loan { id } } }');
  return data.myTasks.map(({ kind, urgency, loan }) => [
    kind,
    urgency,
    loan.id,
  ]);
};

describe.each(DATABASES)('late returns (%s)', (database) => {
  it('the owner and the next borrower are notified once that an item is not back', async () => {
    const { api, ana, ben, cleo, run } = await buildLate(database);

    await Promise.all([run(), run()]);
    await run();

    expect(await newsOf(api.as(ana))).toEqual(['ITEM_NOT_BACK']);
    expect(await newsOf(api.as(cleo))).toEqual(['ITEM_NOT_BACK']);
    expect(await newsOf(api.as(ben))).toEqual([]);
  });

  it('nobody is notified where the item is back or the loan has not begun', async () => {
    const { api, ana, ben, drill, today } = await buildLendingStreet(database);
    await buildLoan(api, drill, ben, {
      status: 'ON_LOAN',
      startDate: addDays(today, -2),
      dueDate: today,
    });
    await buildLoan(api, drill, ben, {
      status: 'APPROVED',
      startDate: addDays(today, 2),
    });

    await notifyLateReturns(api.services.orm.em.fork());

    expect(await newsOf(api.as(ana))).toEqual([]);
  });

  it('the owner has a task for an overdue item, and the next borrower one that says that they wait', async () => {
    const { api, ana, cleo, late, next } = await buildLate(database);

    expect(await tasksOf(api.as(ana))).toEqual([
      ['ASK_FOR_RETURN', 'OVERDUE', late.id],
    ]);
    expect(await tasksOf(api.as(cleo))).toEqual([
      ['WAIT_FOR_RETURN', 'SOON', next.id],
    ]);
    const { data } = await api
      .as(cleo)
      .run('query ($id: ID!) { loan(id: $id) { waitsForReturn } }', {
        id: next.id,
      });
    expect(data).toEqual({ loan: { waitsForReturn: true } });
  });

  it('the next borrower is notified when the item is back', async () => {
    const { api, ana, cleo, late, next, run } = await buildLate(database);
    await run();

    await changeLoan(api.as(ana), 'confirmReturn', { loanId: late.id });

    expect(await newsOf(api.as(cleo))).toEqual(['ITEM_BACK', 'ITEM_NOT_BACK']);
    expect(await tasksOf(api.as(cleo))).toEqual([
      ['PICK_UP', 'TODAY', next.id],
    ]);
  });

  it('the owner reminds the borrower of an overdue item once a day', async () => {
    const { api, ana, ben, late } = await buildLate(database);
    const remind = () =>
      changeLoan(api.as(ana), 'remindBorrower', { loanId: late.id });

    const first = await remind();
    const second = await remind();

    expect(first.errors).toEqual([]);
    expect(first.loan?.viewerActions).not.toContain('REMIND');
    expect(second.errors).toMatchObject([
      {
        code: 'CONFLICT',
        message: 'You have sent a reminder within the last day',
      },
    ]);
    expect(await newsOf(api.as(ben))).toEqual(['RETURN_REMINDER']);
  });

  it('a borrower can ask to keep an overdue item until today or later', async () => {
    const { api, ben, drill, today } = await buildLendingStreet(database);
    const { id: loanId } = await buildLoan(api, drill, ben, {
      status: 'ON_LOAN',
      startDate: addDays(today, -14),
      dueDate: addDays(today, -10),
    });
    const ask = (newDueDate: string) =>
      changeLoan(api.as(ben), 'requestExtension', { loanId, newDueDate });

    for (const day of [addDays(today, -1), addDays(today, 7)])
      expect((await ask(day)).errors).toMatchObject([
        { code: 'INVALID', field: ['newDueDate'] },
      ]);
    expect((await ask(today)).errors).toEqual([]);
  });

  it('an overdue loan cannot be extended into the days of the next borrower', async () => {
    const { api, ben, late } = await buildLate(database);
    const loan = await seeLoan(api.as(ben), late.id);
    expect(loan?.viewerActions).not.toContain('REQUEST_EXTENSION');
  });
});
