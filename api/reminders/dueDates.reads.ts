import { addDays, type Day } from '../calendar';
import type { EntityManager } from '../database/orm';
import { readsOf, type Reads } from '../database/reads';
import { empty, join, raw, sql, type Sql } from '../database/sql';

/** Days from the due date on which both sides are notified; negative ones are before it. */
const NOTICE_OFFSETS_DAYS = [-1, 0, 1, 3, 7, 14, 30];

/** The time zones of all neighborhoods, each found in the index after the one before. */
export async function readTimeZones(reads: Reads): Promise<string[]> {
  const rows = await reads.all<{ timeZone: string }>(
    sql`with recursive zones(zone) as (select min(time_zone) from neighborhoods
      union all select (select min(n.time_zone) from neighborhoods n where n.time_zone > zones.zone)
      from zones where zones.zone is not null)
    select zone as "timeZone" from zones where zone is not null`,
  );
  return rows.map(({ timeZone }) => timeZone);
}

/** A day in the neighborhoods of a time zone. */
export type LocalDay = { timeZone: string; today: Day };

/**
 * Selects loans in neighborhoods of this time zone of whose due date both sides are to be notified today. While a
 * borrower has claimed the return, the owner has a task and neither is notified.
 */
const dueLoans = ({ timeZone, today }: LocalDay): Sql =>
  sql`select l.id from loans l join neighborhoods n on n.id = l.neighborhood_id
  where l.status = 'ON_LOAN' and n.time_zone = ${timeZone}
    and l.due_date in (${join(NOTICE_OFFSETS_DAYS.map((days) => addDays(today, -days)))})
    and (l.due_notified_on is null or l.due_notified_on <> ${today})`;

/** Tells whether there are loans of whose due date both sides are to be notified. */
export async function isNoticeDue(
  reads: Reads,
  day: LocalDay,
): Promise<boolean> {
  const rows = await reads.all<{ id: string }>(sql`${dueLoans(day)} limit 1`);
  return rows.length > 0;
}

/** A loan that is due, and its two sides. */
export type DueLoan = {
  id: string;
  neighborhoodId: string;
  borrowerId: string;
  ownerId: string;
  dueDate: Day;
};

/**
 * Claims the notices of a day for this transaction: each loan is returned once a day. Loans that another
 * transaction is changing are left for the next run.
 */
export const claimDueLoans = (
  em: EntityManager,
  dialect: Reads['dialect'],
  day: LocalDay,
  most: number,
): Promise<DueLoan[]> =>
  readsOf(em).all<DueLoan>(
    sql`update loans set due_notified_on = ${day.today}
    where id in (${dueLoans(day)} limit ${most} ${skipLocked(dialect)})
    returning id, neighborhood_id as "neighborhoodId", borrower_id as "borrowerId", owner_id as "ownerId",
      due_date as "dueDate"`,
  );

/** SQLite has one writer at a time, which has nothing to skip. */
const skipLocked = (dialect: Reads['dialect']): Sql =>
  dialect === 'sqlite' ? empty : raw('for update of l skip locked');
