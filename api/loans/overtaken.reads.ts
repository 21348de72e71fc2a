import type { RawRow, RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { sql } from '../database/sql';
import { occupationColumns } from '../items/occupation.reads';
import type { Loan } from './loan.entity';
import type { LoanFacts } from './loanRules';
import { BLOCKED, factsColumns } from './loans.reads';

type Related = Pick<
  LoanFacts,
  | 'timeZone'
  | 'bufferDays'
  | 'blocked'
  | 'takenBefore'
  | 'takenFrom'
  | 'takenAfterDue'
  | 'extensionId'
  | 'newDueDate'
>;

/** Loan of an item that waits for an answer, with the facts that tell whether its days are still free. */
export type WaitingLoan = Pick<
  Loan,
  keyof ReturnType<typeof factsColumns.toValue>
> &
  Related;

/**
 * Reads the loans of an item with an open request or extension, except one loan.
 * @param reads of the transaction that has just booked days for that loan
 */
export async function readWaitingLoans(
  reads: Pick<Reads, 'all'>,
  { id, itemId }: { id: string; itemId: string },
): Promise<WaitingLoan[]> {
  const rows = await reads.all<RowOf<typeof factsColumns> & RawRow<Related>>(
    sql`select ${factsColumns.list}, n.time_zone as "timeZone", i.buffer_days as "bufferDays", ${BLOCKED} as blocked,
      ${occupationColumns(sql`l.item_id`, sql`l.start_date`, sql`l.id`)},
      (select min(d.day) from booked_days d where d.item_id = l.item_id and d.day > l.due_date
        and d.loan_id <> l.id) as "takenAfterDue",
      e.id as "extensionId", e.new_due_date as "newDueDate"
    from loans l join neighborhoods n on n.id = l.neighborhood_id join items i on i.id = l.item_id
    left join extensions e on e.loan_id = l.id and e.status = 'REQUESTED'
    where l.item_id = ${itemId} and l.id <> ${id} and (l.status = 'REQUESTED' or e.id is not null)
    order by l.id`,
  );
  return rows.map((row) => ({
    ...row,
    ...factsColumns.toValue(row),
    blocked: Boolean(row.blocked),
  }));
}
