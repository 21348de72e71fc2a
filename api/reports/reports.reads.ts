import type DataLoader from 'dataloader';
import { LAST_ID, type Page } from '../pagination';
import { createLoader } from '../database/loading';
import type { Moment, Reads } from '../database/reads';
import type { Report, ReportStatus } from './report.entity';

const COLUMNS = `r.id, r.neighborhood_id as "neighborhoodId", r.reporter_id as "reporterId",
  r.person_id as "personId", r.item_id as "itemId", r.message_id as "messageId", r.reason, r.status,
  r.resolution, r.resolved_by_id as "resolvedById", r.created_at as "createdAt",
  r.resolved_at as "resolvedAt"`;

/**
 * SQL that is true where a steward may judge the report `r`: nobody judges what is said about
 * themselves, unless there is no other steward.
 * @param steward names their membership
 */
export const judgedBy = (
  steward: string,
): string => `(r.person_id <> ${steward}.user_id
  or not exists (select 1 from memberships other where other.neighborhood_id = r.neighborhood_id
    and other.user_id <> ${steward}.user_id and other.status = 'ACTIVE' and other.role = 'STEWARD'))`;

/**
 * SQL that is true where the viewer is to look after the report `r`, as a steward of its
 * neighborhood. It takes one parameter: the viewer's id.
 */
export const REVIEWABLE = `exists (select 1 from memberships s
  where s.neighborhood_id = r.neighborhood_id and s.user_id = ?
  and s.status = 'ACTIVE' and s.role = 'STEWARD' and ${judgedBy('s')})`;

type Row = Omit<Report, 'createdAt' | 'resolvedAt'> & {
  createdAt: Moment;
  resolvedAt: Moment | null;
};

const toReport = (row: Row): Report => ({
  ...row,
  createdAt: new Date(row.createdAt),
  resolvedAt: row.resolvedAt === null ? null : new Date(row.resolvedAt),
});

/** Reports by their ids, for one request; null for all but the reporter and who looks after them. */
export const createReportLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, Report | null> =>
  createLoader<Row, Report | null>(
    reads,
    (places) =>
      `select r.id as key, ${COLUMNS} from reports r where r.id in (${places})
      and (r.reporter_id = ? or ${REVIEWABLE})`,
    ([row]) => (row ? toReport(row) : null),
    [viewerId, viewerId],
  );

/**
 * A page of what a steward has to look after in a neighborhood, newest first, and one more row
 * where there is another page; nothing for others.
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
    `select ${COLUMNS} from reports r where r.neighborhood_id = ? ${status ? 'and r.status = ?' : ''}
    and r.id < ? and ${REVIEWABLE} order by r.id desc limit ?`,
    [
      neighborhoodId,
      ...(status ? [status] : []),
      after ?? LAST_ID,
      viewerId,
      first + 1,
    ],
  );
  return rows.map(toReport);
}
