import type { Day } from '../calendar';
import type { RawRow, RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { sql } from '../database/sql';
import {
  occupationColumns,
  type OccupationAround,
} from '../items/occupation.reads';
import type { LoanFacts } from './loanRules';
import { BLOCKED, factsColumns } from './loans.reads';

type Related = OccupationAround & Pick<LoanFacts, 'timeZone' | 'blocked'>;

/** Loan that may have expired, with the facts that decide. */
export type ExpirableLoan = ReturnType<typeof factsColumns.toValue> & Related;

/**
 * Reads loans that may have expired in some time zone, oldest first.
 * @param limits the id to continue after, the time up to which a request was made too long ago, the
 * current day where it begins first, the day before which the start of an approved loan has passed, and
 * the maximum number of loans
 */
export async function readExpirableLoans(
  reads: Pick<Reads, 'all'>,
  limits: {
    after: string;
    askedBefore: Date;
    today: Day;
    promisedFor: Day;
    most: number;
  },
): Promise<ExpirableLoan[]> {
  const rows = await reads.all<RowOf<typeof factsColumns> & RawRow<Related>>(
    sql`select ${factsColumns.list}, n.time_zone as "timeZone", ${BLOCKED} as blocked,
      ${occupationColumns(sql`l.item_id`, sql`l.start_date`, sql`l.id`)}
    from loans l join neighborhoods n on n.id = l.neighborhood_id
    where l.id > ${limits.after} and ((l.status = 'REQUESTED'
        and (l.start_date < ${limits.today} or l.created_at <= ${limits.askedBefore}))
      or (l.status = 'APPROVED' and (l.start_date < ${limits.promisedFor} or l.due_date < ${limits.today})))
    order by l.id limit ${limits.most}`,
  );
  return rows.map((row) => ({
    ...row,
    ...factsColumns.toValue(row),
    blocked: Boolean(row.blocked),
  }));
}
