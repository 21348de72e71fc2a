import type DataLoader from 'dataloader';
import { addDays, dayIn } from '../calendar';
import { createLoader } from '../database/loading';
import type { Moment, Reads } from '../database/reads';
import { join, literals, sql, type Sql } from '../database/sql';
import { DEFAULT_LANGUAGE, type Language } from '../language/language';
import type { CalendarFeed } from '../generated/types';
import { isSide, visibleTo } from '../loans/loans.reads';
import { PROMISED_LOAN_STATUSES } from '../loanStatus';
import type { CalendarLoan } from './loanEvents';

/** Most loans of a calendar: those with the latest due dates. */
const MAX_LOANS = 200;
/** How long loans stay in a calendar after their due date, in days. */
const PAST_DAYS = 60;
/** How long cancelled loans stay in a calendar as such, in milliseconds. */
const CANCELLED_MS = 30 * 24 * 60 * 60 * 1000;

/** Creates the loader of the calendar addresses by the ids of their users; null where there is none. */
export const createCalendarFeedLoader = (
  reads: Reads,
): DataLoader<string, CalendarFeed | null> =>
  createLoader<FeedRow, CalendarFeed | null>(
    reads,
    (ids) =>
      sql`select user_id as key, created_at as "createdAt", last_read_at as "lastReadAt"
      from calendar_feeds where user_id in (${ids})`,
    ([row]) =>
      row
        ? {
            createdAt: new Date(row.createdAt),
            lastReadAt: toDate(row.lastReadAt),
          }
        : null,
  );

type FeedRow = { createdAt: Moment; lastReadAt: Moment | null };

const toDate = (moment: Moment | null): Date | null =>
  moment === null ? null : new Date(moment);

/** Finds the user of a calendar address by the hash of its token. */
export async function findCalendarFeed(
  reads: Reads,
  hash: string,
): Promise<{ userId: string; lastReadAt: Date | null } | null> {
  const [row] = await reads.all<{ userId: string; lastReadAt: Moment | null }>(
    sql`select c.user_id as "userId", c.last_read_at as "lastReadAt"
    from calendar_feeds c join users u on u.id = c.user_id
    where c.hash = ${hash} and u.deleted_at is null`,
  );
  return row
    ? { userId: row.userId, lastReadAt: toDate(row.lastReadAt) }
    : null;
}

/** Statuses of loans that have been handed over and have ended. */
const ENDED = literals(['RETURNED', 'DAMAGED', 'LOST']);

/**
 * Condition: calendars show the loan `l`. Those whose promise was taken back are shown as cancelled for a
 * while, as calendar apps may keep what is no longer there.
 */
const isShown = (now: Date): Sql =>
  sql`(l.status in (${literals(PROMISED_LOAN_STATUSES)}) or l.status in (${ENDED})
    or (l.approved_at is not null and l.updated_at > ${new Date(now.getTime() - CANCELLED_MS)}))`;

/**
 * Reads the loans of a user's calendar with one statement, the latest due date first. A loan that the user
 * cannot see is not part of it.
 */
export function readCalendarLoans(
  reads: Reads,
  userId: string,
  now: Date,
): Promise<CalendarLoan[]> {
  const first = addDays(dayIn('UTC', now), -PAST_DAYS);
  // Each side is read along its own index, and no further than the most.
  const sides = [sql`borrower_id`, sql`owner_id`].map(
    (column) => sql`select * from (select l.* from loans l
      where l.${column} = ${userId} and l.due_date >= ${first} and ${isShown(now)} and ${visibleTo(userId)}
      order by l.due_date desc, l.id desc limit ${MAX_LOANS}) side`,
  );
  return readLoans(reads, userId, join(sides, ' union all '));
}

/** Reads one loan for a calendar file; null unless calendars of this user show it. */
export async function readCalendarLoan(
  reads: Reads,
  userId: string,
  id: string,
  now: Date,
): Promise<CalendarLoan | null> {
  const [loan] = await readLoans(
    reads,
    userId,
    sql`select l.* from loans l
      where l.id = ${id} and ${isSide(userId)} and ${isShown(now)} and ${visibleTo(userId)}`,
  );
  return loan ?? null;
}

type LoanRow = Omit<
  CalendarLoan,
  'isBorrower' | 'updatedAt' | 'itemUpdatedAt' | 'language'
> & {
  borrowerId: string;
  updatedAt: Moment;
  itemUpdatedAt: Moment;
  language: Language | null;
};

async function readLoans(
  reads: Reads,
  userId: string,
  loans: Sql,
): Promise<CalendarLoan[]> {
  const rows = await reads.all<LoanRow>(
    sql`select own.id, own.status, own.version, own.start_date as "startDate", own.due_date as "dueDate",
      own.returned_on as "returnedOn", own.updated_at as "updatedAt", own.borrower_id as "borrowerId",
      i.title, i.updated_at as "itemUpdatedAt", n.name as "neighborhoodName", other.name as "otherName",
      me.language
    from (${loans}) own
    join items i on i.id = own.item_id
    join neighborhoods n on n.id = own.neighborhood_id
    join users other on other.id = case when own.borrower_id = ${userId} then own.owner_id else own.borrower_id end
    join users me on me.id = ${userId}
    order by own.due_date desc, own.id desc limit ${MAX_LOANS}`,
  );
  return rows.map(({ borrowerId, language, ...row }) => ({
    ...row,
    isBorrower: borrowerId === userId,
    updatedAt: new Date(row.updatedAt),
    itemUpdatedAt: new Date(row.itemUpdatedAt),
    language: language ?? DEFAULT_LANGUAGE,
  }));
}
