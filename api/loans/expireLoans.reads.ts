import type { Day } from '../calendar';
import type { Moment, Reads } from '../database/reads';
import { sql } from '../database/sql';
import type { LoanFacts } from './loanRules';
import { BLOCKED } from './loans.reads';

/** Loan that may have expired, with the facts that decide. */
export type ExpirableLoan = Pick<
  LoanFacts,
  | 'id'
  | 'neighborhoodId'
  | 'borrowerId'
  | 'ownerId'
  | 'startDate'
  | 'status'
  | 'version'
  | 'createdAt'
  | 'timeZone'
  | 'bufferDays'
  | 'blocked'
>;

/**
 * Loans that may have run out in some time zone, the oldest first.
 * @param limits after which id to go on, which requests have waited too long, which days have
 * passed for requests and for promises, and how many are read at the most
 */
export async function readExpirableLoans(
  reads: Pick<Reads, 'all'>,
  limits: {
    after: string;
    askedBefore: Date;
    requestedFor: Day;
    promisedFor: Day;
    most: number;
  },
): Promise<ExpirableLoan[]> {
  const rows = await reads.all<
    Omit<ExpirableLoan, 'createdAt' | 'blocked'> & {
      createdAt: Moment;
      blocked: number | boolean;
    }
  >(
    sql`select l.id, l.neighborhood_id as "neighborhoodId", l.borrower_id as "borrowerId",
      l.owner_id as "ownerId", l.start_date as "startDate", l.status, l.version,
      l.created_at as "createdAt", n.time_zone as "timeZone", i.buffer_days as "bufferDays",
      ${BLOCKED} as blocked
    from loans l join neighborhoods n on n.id = l.neighborhood_id join items i on i.id = l.item_id
    where l.id > ${limits.after} and ((l.status = 'REQUESTED'
        and (l.start_date < ${limits.requestedFor} or l.created_at <= ${limits.askedBefore}))
      or (l.status = 'APPROVED' and l.start_date < ${limits.promisedFor}))
    order by l.id limit ${limits.most}`,
  );
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    blocked: Boolean(row.blocked),
  }));
}
