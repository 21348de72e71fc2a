import { dayIn, eachDay } from '../calendar';
import type { LoanStatus } from '../loans/loan.entity';
import { isExpired } from '../loans/expiry';
import { isHeld, isPromised, NEXT_LOAN_STATUSES } from '../loanStatus';
import type { TestApi } from './testApp';
import { sql } from '../database/sql';

type LoanNow = {
  id: string;
  itemId: string;
  borrowerId: string;
  startDate: string;
  dueDate: string;
  status: LoanStatus;
  returnedAt: number | Date | null;
  handedOverAt: number | Date | null;
  createdAt: number | Date;
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
  const before = new Map<string, LoanStatus[]>();
  return async () => {
    const loans = await reads.all<LoanNow>(
      sql`select l.id, l.item_id as "itemId", l.borrower_id as "borrowerId", l.start_date as "startDate", l.due_date as "dueDate", l.status,
        l.returned_at as "returnedAt", l.created_at as "createdAt", l.handed_over_at as "handedOverAt", n.time_zone as "timeZone",
        (select count(*) from extensions e where e.loan_id = l.id and e.status = 'REQUESTED') as wishes
      from loans l join neighborhoods n on n.id = l.neighborhood_id
      where l.neighborhood_id = ${neighborhoodId}`,
    );
    const booked = await reads.all<{ loanId: string; day: string }>(
      sql`select b.loan_id as "loanId", b.day from booked_days b join loans l on l.id = b.loan_id
      where l.neighborhood_id = ${neighborhoodId} order by b.day`,
    );
    for (const loan of loans) {
      const past = before.get(loan.id) ?? ['REQUESTED'];
      assertTransition(loan, past);
      before.set(loan.id, past);
      assertDays(
        loan,
        booked.flatMap(({ loanId, day }) => (loanId === loan.id ? day : [])),
      );
      if (Number(loan.wishes) > (loan.status === 'ON_LOAN' ? 1 : 0))
        throw new Error(`${loan.status} with ${loan.wishes} open extensions`);
    }
    assertOneHolder(loans);
    assertOpenRequests(loans, booked);
    return loans.map(({ status }) => status);
  };
}

/**
 * Checks that a loan has taken one step forward, or that its last step was undone.
 * @param past the statuses so far, the latest last; it is updated
 */
function assertTransition({ status }: LoanNow, past: LoanStatus[]): void {
  const last = past.at(-1) ?? 'REQUESTED';
  if (last === status) return;
  if (NEXT_LOAN_STATUSES[last].includes(status)) past.push(status);
  else if (past.at(-2) === status) past.pop();
  else throw new Error(`A loan went from ${last} to ${status}`);
}

/** Checks that open requests can still be approved, and that no borrower has two for the same days. */
function assertOpenRequests(
  loans: LoanNow[],
  booked: readonly { loanId: string; day: string }[],
): void {
  const now = new Date();
  // The job may not have ended those that were not answered in time.
  const requests = loans.filter(
    (loan) =>
      loan.status === 'REQUESTED' &&
      !isExpired(
        {
          ...loan,
          createdAt: new Date(loan.createdAt),
          heldUntil: null,
          lastReturn: null,
        },
        now,
      ),
  );
  for (const one of requests) {
    const has = ({ startDate, dueDate }: LoanNow, day: string) =>
      startDate <= day && day <= dueDate;
    const taken = booked.find(
      ({ loanId, day }) =>
        loans.find(({ id }) => id === loanId)?.itemId === one.itemId &&
        has(one, day),
    );
    if (taken) throw new Error(`A request is open for ${taken.day}`);
    const again = requests.find(
      (other) =>
        other.id > one.id &&
        other.itemId === one.itemId &&
        other.borrowerId === one.borrowerId &&
        other.startDate <= one.dueDate &&
        one.startDate <= other.dueDate,
    );
    if (again) throw new Error(`${again.startDate} was requested twice`);
  }
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
    (loan.status === 'RETURNED' || loan.status === 'DAMAGED') &&
    returnedAt !== null
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
