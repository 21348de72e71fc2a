import type { Day } from '../calendar';
import type { RawRow, RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { sql, type Sql } from '../database/sql';
import {
  occupationColumns,
  type OccupationAround,
} from '../items/occupation.reads';
import type { LoanFacts } from './loanRules';
import { BLOCKED, factsColumns } from './loans.reads';

type Related = OccupationAround & Pick<LoanFacts, 'timeZone' | 'blocked'>;

/** Loan that may have expired, with the facts that decide. */
export type ExpirableLoan = ReturnType<typeof factsColumns.toValue> & Related;

type Due = { askedBefore: Date; today: Day; promisedFor: Day };

/** Selects the ids of these loans. Each part reads a range of one index, and no table. */
const due = ({ askedBefore, today, promisedFor }: Due): Sql =>
  sql`select id from loans where status = 'REQUESTED' and start_date < ${today}
    union select id from loans where status = 'REQUESTED' and created_at <= ${askedBefore}
    union select id from loans where status = 'APPROVED' and start_date < ${promisedFor}
    union select id from loans where status = 'APPROVED' and due_date < ${today}`;

/**
 * Reads loans that may have expired in some time zone, oldest first.
 * @param limits the id to continue after, the time up to which a request was made too long ago, the
 * current day where it begins first, the day before which the start of an approved loan has passed, and
 * the maximum number of loans
 */
export async function readExpirableLoans(
  reads: Pick<Reads, 'all'>,
  limits: Due & { after: string; most: number },
): Promise<ExpirableLoan[]> {
  const rows = await reads.all<RowOf<typeof factsColumns> & RawRow<Related>>(
    sql`select ${factsColumns.list}, n.time_zone as "timeZone", ${BLOCKED} as blocked,
      ${occupationColumns(sql`l.item_id`, sql`l.start_date`, sql`l.id`)}
    from (select id from (${due(limits)}) found where id > ${limits.after} order by id limit ${limits.most}) due
    cross join loans l join neighborhoods n on n.id = l.neighborhood_id
    where l.id = due.id order by l.id`,
  );
  return rows.map((row) => ({
    ...row,
    ...factsColumns.toValue(row),
    blocked: Boolean(row.blocked),
  }));
}
