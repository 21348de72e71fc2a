import { dayIn, eachDay } from '../calendar';
import type { LoanStatus } from '../loans/loan.entity';
import { isHeld, isPromised, NEXT_LOAN_STATUSES } from '../loanStatus';
import type { TestApi } from './testApp';
import { sql } from '../database/sql';

type LoanNow = {
  id: string;
  itemId: string;
  startDate: string;
  dueDate: string;
  status: LoanStatus;
  returnedAt: number | Date | null;
  handedOverAt: number | Date | null;
  timeZone: string;
  wishes: number;
};

/**
 * Checks the invariants of all loans of a neighborhood.
 * @returns a function that checks once more, throws where an invariant is broken, and returns the
 * statuses of the loans
 */
export function watchLoans(
  { services: { reads } }: TestApi,
  neighborhoodId: string,
): () => Promise<LoanStatus[]> {
  const before = new Map<string, LoanStatus>();
  return async () => {
    const loans = await reads.all<LoanNow>(
      sql`select l.id, l.item_id as "itemId", l.start_date as "startDate", l.due_date as "dueDate", l.status,
        l.returned_at as "returnedAt", l.handed_over_at as "handedOverAt", n.time_zone as "timeZone",
        (select count(*) from extensions e where e.loan_id = l.id and e.status = 'REQUESTED') as wishes
      from loans l join neighborhoods n on n.id = l.neighborhood_id
      where l.neighborhood_id = ${neighborhoodId}`,
    );
    const booked = await reads.all<{ loanId: string; day: string }>(
      sql`select b.loan_id as "loanId", b.day from booked_days b join loans l on l.id = b.loan_id
      where l.neighborhood_id = ${neighborhoodId} order by b.day`,
    );
    for (const loan of loans) {
      const last = before.get(loan.id) ?? 'REQUESTED';
      if (
        last !== loan.status &&
        !NEXT_LOAN_STATUSES[last].includes(loan.status)
      )
        throw new Error(`A loan went from ${last} to ${loan.status}`);
      before.set(loan.id, loan.status);
      assertDays(
        loan,
        booked.flatMap(({ loanId, day }) => (loanId === loan.id ? day : [])),
      );
      if (Number(loan.wishes) > (loan.status === 'ON_LOAN' ? 1 : 0))
        throw new Error(`${loan.status} with ${loan.wishes} open extensions`);
    }
    assertOneHolder(loans);
    return loans.map(({ status }) => status);
  };
}

/**
 * Checks that exactly the promised days are booked, with the days since an early handover, and that
 * ended loans keep at most the days before a return.
 */
function assertDays(loan: LoanNow, days: string[]): void {
  const { startDate, dueDate, timeZone, handedOverAt, returnedAt } = loan;
  const handedOver =
    handedOverAt === null ? startDate : dayIn(timeZone, new Date(handedOverAt));
  const first = handedOver < startDate ? handedOver : startDate;
  const promised = eachDay(first, dueDate);
  const expected =
    loan.status === 'RETURNED' && returnedAt !== null
      ? promised.filter((day) => day < dayIn(timeZone, new Date(returnedAt)))
      : promised.filter(() => isPromised(loan.status));
  if (days.join() !== expected.join())
    throw new Error(
      `${loan.status} from ${startDate} to ${dueDate} has booked ${days.join()}`,
    );
}

function assertOneHolder(loans: LoanNow[]): void {
  const held = loans
    .filter(({ status }) => isHeld(status))
    .map(({ itemId }) => itemId);
  if (new Set(held).size < held.length)
    throw new Error('Two borrowers have the same item');
}
