import type { Day } from '../calendar';
import { columnsOf, type RawRow, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { literals, sql } from '../database/sql';
import { HELD_LOAN_STATUSES } from '../loanStatus';
import { LoanEntity } from './loan.entity';
import type { LoanFacts } from './loanRules';

const columns = columnsOf(LoanEntity, 'l', {
  only: ['id', 'neighborhoodId', 'borrowerId', 'ownerId', 'startDate'],
});

type Related = Pick<LoanFacts, 'timeZone'>;

/** Approved loan whose item another borrower still has. */
export type WaitingForReturn = ReturnType<typeof columns.toValue> & Related;

/**
 * Reads approved loans that have begun in some time zone while another borrower has the item, of which
 * the two sides were not notified yet.
 * @param today the current day where it begins first
 */
export async function readWaitingForReturn(
  reads: Pick<Reads, 'all'>,
  today: Day,
): Promise<WaitingForReturn[]> {
  const rows = await reads.all<RowOf<typeof columns> & RawRow<Related>>(
    sql`select ${columns.list}, n.time_zone as "timeZone"
    from loans l join neighborhoods n on n.id = l.neighborhood_id
    where l.status = 'APPROVED' and l.start_date <= ${today} and l.late_notified_at is null
      and exists (select 1 from loans h where h.item_id = l.item_id
        and h.status in (${literals(HELD_LOAN_STATUSES)}))
    order by l.id`,
  );
  return rows.map((row) => ({ ...row, ...columns.toValue(row) }));
}
