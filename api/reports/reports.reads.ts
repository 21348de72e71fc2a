import type DataLoader from 'dataloader';
import { isVisibleItem } from '../items/items.reads';
import { activeIn } from '../neighborhoods/neighborhoods.reads';
import { LAST_ID, type Page } from '../pagination';
import { createLoader } from '../database/loading';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { empty, existsByLookup, raw, sql, type Sql } from '../database/sql';
import { ReportEntity, type Report, type ReportStatus } from './report.entity';

/** Columns of a `Report` out of `reports r`. */
const columns = columnsOf(ReportEntity, 'r');
type Row = RowOf<typeof columns> & { isReviewer: number };

/**
 * Condition: a steward may judge the report `r`. A report about a steward is for the other stewards,
 * unless there is none.
 * @param steward names their membership
 */
export const judgedBy = (
  steward: 's',
): Sql => sql`(r.person_id <> ${raw(steward)}.user_id
  or not ${existsByLookup(sql`from memberships other where other.neighborhood_id = r.neighborhood_id
    and other.user_id <> ${raw(steward)}.user_id and other.status = 'ACTIVE' and other.role = 'STEWARD'`)})`;

/** Condition: the viewer is responsible for the report `r`, as a steward of its neighborhood. */
const reviewableBy = (viewerId: string): Sql =>
  existsByLookup(
    sql`from memberships s where s.neighborhood_id = r.neighborhood_id and s.user_id = ${viewerId}
    and s.status = 'ACTIVE' and s.role = 'STEWARD' and ${judgedBy('s')}`,
  );

/** Condition as a column: the viewer reads the report `r` as a steward, not as its reporter. */
const isReviewer = (viewerId: string): Sql =>
  sql`case when ${reviewableBy(viewerId)} then 1 else 0 end as "isReviewer"`;

const toReport = (row: Row): Report => ({
  ...columns.toValue(row),
  isReviewer: row.isReviewer === 1,
});

/** Reports by their ids, for one request; null except for the reporter and the stewards responsible. */
export const createReportLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, Report | null> =>
  createLoader<Row, Report | null>(
    reads,
    (ids) =>
      sql`select r.id as key, ${columns.list}, ${isReviewer(viewerId)} from reports r where r.id in (${ids})
      and (r.reporter_id = ${viewerId} or ${reviewableBy(viewerId)})`,
    ([row]) => (row ? toReport(row) : null),
  );

/**
 * Reads a page of the reports that a steward is responsible for in a neighborhood, newest first, and
 * one more row where there is another page. Empty for others.
 * @param status null for all
 */
export async function readReports(
  reads: Reads,
  viewerId: string,
  neighborhoodId: string,
  status: ReportStatus | null,
  { first, after }: Page,
): Promise<Report[]> {
  const rows = await reads.all<Row>(
    sql`select ${columns.list}, 1 as "isReviewer" from reports r where r.neighborhood_id = ${neighborhoodId} ${status ? sql`and r.status = ${status}` : empty}
    and r.id < ${after ?? LAST_ID} and ${reviewableBy(viewerId)} order by r.id desc limit ${first + 1}`,
  );
  return rows.map(toReport);
}

/** Subject of a report, and the neighborhood whose stewards are notified. */
export type ReportSubject = {
  neighborhoodId: string;
  personId: string;
  itemId: string | null;
  messageId: string | null;
};

type Subject = Pick<ReportSubject, 'neighborhoodId' | 'personId'> &
  Partial<ReportSubject>;

const subjectOf = ([found]: Subject[]): ReportSubject | null =>
  found ? { itemId: null, messageId: null, ...found } : null;

/** Reads an item that the reporter can see; null where there is none. */
export const readReportableItem = async (
  reads: Pick<Reads, 'all'>,
  reporterId: string,
  itemId: string,
): Promise<ReportSubject | null> =>
  subjectOf(
    await reads.all<Subject>(
      sql`select i.id as "itemId", i.owner_id as "personId", i.neighborhood_id as "neighborhoodId"
      from items i where i.id = ${itemId.toLowerCase()} and ${isVisibleItem(reporterId)}
      and ${activeIn(sql`i.neighborhood_id`, reporterId)}`,
    ),
  );

/** Reads a fellow member who has not blocked the reporter; null where there is none. */
export const readReportablePerson = async (
  reads: Pick<Reads, 'all'>,
  reporterId: string,
  userId: string,
  neighborhoodId: string,
): Promise<ReportSubject | null> =>
  subjectOf(
    await reads.all<Subject>(
      sql`select m.user_id as "personId", m.neighborhood_id as "neighborhoodId" from memberships m
      where m.user_id = ${userId.toLowerCase()} and m.neighborhood_id = ${neighborhoodId.toLowerCase()}
      and m.status in ('ACTIVE', 'SUSPENDED') and ${activeIn(sql`m.neighborhood_id`, reporterId)}
      and m.user_id not in (select blocker_id from blocks where blocked_id = ${reporterId})`,
    ),
  );

/** Reads a message that was written to the reporter; null where there is none. */
export const readReportableMessage = async (
  reads: Pick<Reads, 'all'>,
  reporterId: string,
  messageId: string,
): Promise<ReportSubject | null> =>
  subjectOf(
    await reads.all<Subject>(
      sql`select m.id as "messageId", m.author_id as "personId", l.neighborhood_id as "neighborhoodId"
      from messages m join loans l on l.id = m.loan_id
      join memberships mine on mine.neighborhood_id = l.neighborhood_id
        and mine.user_id in (l.borrower_id, l.owner_id) and mine.user_id <> m.author_id
        and mine.status in ('ACTIVE', 'SUSPENDED')
      where m.id = ${messageId.toLowerCase()} and mine.user_id = ${reporterId}`,
    ),
  );

/** Reads a report that a steward is responsible for; null where there is none. */
export async function readReviewableReport(
  reads: Pick<Reads, 'all'>,
  stewardId: string,
  id: string,
): Promise<Pick<Report, 'id' | 'reporterId' | 'neighborhoodId'> | null> {
  const [found] = await reads.all<
    Pick<Report, 'id' | 'reporterId' | 'neighborhoodId'>
  >(
    sql`select r.id, r.reporter_id as "reporterId", r.neighborhood_id as "neighborhoodId"
    from reports r where r.id = ${id.toLowerCase()} and ${reviewableBy(stewardId)}`,
  );
  return found ?? null;
}
