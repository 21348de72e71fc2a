import { notBlocked } from '../blocks/blocks.reads';
import type { Day } from '../calendar';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { literals, sql } from '../database/sql';
import { OPEN_LOAN_STATUSES } from '../loanStatus';
import type { Occupation } from '../items/availability';
import type { ItemStatus } from '../items/item.entity';
import {
  occupationColumns,
  toOccupation,
  type OccupationAround,
} from '../items/occupation.reads';
import { activeIn, isActiveMember } from '../neighborhoods/neighborhoods.reads';
import { LoanEntity, type Loan } from './loan.entity';
import type { LoanFacts } from './loanRules';

/** Facts of an item that the rules of a request need. */
export type Offer = Pick<
  LoanFacts,
  'neighborhoodId' | 'ownerId' | 'timeZone' | 'maxLoanDays' | 'bufferDays'
> &
  Occupation & { status: ItemStatus };

/**
 * Reads the facts of an item; null where the viewer cannot see it, as both have to be active
 * members there who have not blocked each other.
 * @param startDate the day around which its booked days matter
 */
export async function readOffer(
  reads: Pick<Reads, 'all'>,
  viewerId: string,
  itemId: string,
  startDate: Day,
): Promise<Offer | null> {
  const [row] = await reads.all<Omit<Offer, 'booked'> & OccupationAround>(
    sql`select i.neighborhood_id as "neighborhoodId", i.owner_id as "ownerId", i.status,
      i.max_loan_days as "maxLoanDays", i.buffer_days as "bufferDays", n.time_zone as "timeZone",
      ${occupationColumns(sql`i.id`, sql`${startDate}`, null)}
    from items i join neighborhoods n on n.id = i.neighborhood_id
    where i.id = ${itemId} and i.status <> 'RETIRED' and ${activeIn(sql`i.neighborhood_id`, viewerId)}
    and ${isActiveMember(sql`i.owner_id`, sql`i.neighborhood_id`)} and ${notBlocked(sql`i.owner_id`, viewerId)}`,
  );
  return row ? { ...row, ...toOccupation(row) } : null;
}

/** Days of a borrower's loan of an item that is requested, promised or under way. */
export type OwnDays = Pick<
  Loan,
  'status' | 'startDate' | 'dueDate' | 'createdAt'
>;

const daysColumns = columnsOf(LoanEntity, 'l', {
  only: ['status', 'startDate', 'dueDate', 'createdAt'],
});

/** Reads the borrower's requested and promised loans of an item that share a day with the given ones. */
export async function readOwnDays(
  reads: Pick<Reads, 'all'>,
  borrowerId: string,
  {
    itemId,
    startDate,
    dueDate,
  }: { itemId: string; startDate: Day; dueDate: Day },
): Promise<OwnDays[]> {
  const rows = await reads.all<RowOf<typeof daysColumns>>(
    sql`select ${daysColumns.list} from loans l
    where l.item_id = ${itemId} and l.borrower_id = ${borrowerId} and l.status in (${literals(OPEN_LOAN_STATUSES)})
      and l.start_date <= ${dueDate} and l.due_date >= ${startDate}`,
  );
  return rows.map(daysColumns.toValue);
}
