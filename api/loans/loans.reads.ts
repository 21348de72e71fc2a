import type DataLoader from 'dataloader';
import { LAST_ID, type Page } from '../pagination';
import { createLoader } from '../database/loading';
import { columnsOf, type RawRow, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { empty, literals, sql, type Sql } from '../database/sql';
import { occupationColumns } from '../items/occupation.reads';
import { LoanEntity, type Loan, type LoanRole } from './loan.entity';
import {
  HELD_LOAN_STATUSES,
  OPEN_LOAN_STATUSES,
  PROMISED_LOAN_STATUSES,
} from '../loanStatus';
import type { LoanFacts } from './loanRules';
import { UNDO_TIMEOUT_MS } from './undoRules';

const HELD_STATUSES = literals(HELD_LOAN_STATUSES);
const OPEN = literals(OPEN_LOAN_STATUSES);
const PROMISED = literals(PROMISED_LOAN_STATUSES);

/** Condition: one of the two sides of the loan `l` has blocked the other. */
export const BLOCKED = sql`exists (select 1 from blocks b where (b.blocker_id = l.borrower_id and b.blocked_id = l.owner_id)
  or (b.blocker_id = l.owner_id and b.blocked_id = l.borrower_id))`;

/**
 * Continues `from loans l` and leaves the loans that the viewer can see. Their membership is `mine`;
 * every former member has one.
 *
 * The two sides see their loan as long as they belong to the neighborhood. A side that has left or was
 * banned sees only loans whose item is still to be returned. After a block, both sides see only loans
 * that are approved or under way. Stewards see disputes, loans with reported messages, and disputes
 * that they have just settled and can reopen.
 */
export const visibleTo = (
  viewerId: string,
): Sql => sql`join memberships mine on mine.neighborhood_id = l.neighborhood_id and mine.user_id = ${viewerId}
  and case when mine.user_id in (l.borrower_id, l.owner_id)
    then l.status in (${HELD_STATUSES})
      or (mine.status in ('ACTIVE', 'SUSPENDED') and (l.status = 'APPROVED' or not ${BLOCKED}))
    else mine.status = 'ACTIVE' and mine.role = 'STEWARD' and (l.status = 'DISPUTED'
      or exists (select 1 from undo_steps u where u.loan_id = l.id and u.step_loan_id = l.id
        and u.version = l.version and u.actor_id = mine.user_id
        and u.created_at > ${new Date(Date.now() - UNDO_TIMEOUT_MS)})
      or exists (select 1 from messages m join reports r on r.message_id = m.id where m.loan_id = l.id))
    end`;

/** Columns of a `Loan` out of `loans l`. */
const columns = columnsOf(LoanEntity, 'l');
type Row = RowOf<typeof columns>;

/** Loans by their ids; null where the viewer cannot see one. */
export type LoanLoader = DataLoader<string, Loan | null>;

/** Loans by their ids, for one request; null where the viewer cannot see one. */
export const createLoanLoader = (reads: Reads, viewerId: string): LoanLoader =>
  createLoader<Row, Loan | null>(
    reads,
    (ids) =>
      sql`select l.id as key, ${columns.list} from (select * from loans where id in (${ids})) l ${visibleTo(viewerId)}`,
    ([row]) => (row ? columns.toValue(row) : null),
  );

/** Reads a loan without a check of visibility, for a viewer who has just changed it. */
export async function readChangedLoan(
  reads: Reads,
  id: string,
): Promise<Loan | null> {
  const [row] = await reads.all<Row>(
    sql`select ${columns.list} from loans l where l.id = ${id}`,
  );
  return row ? columns.toValue(row) : null;
}

/** Most loans of one item that are listed for its borrower. */
const MAX_ITEM_LOANS = 20;

/** Creates the loader of the viewer's open loans as a borrower, by the items' ids, the first to start first. */
export const createItemLoansLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, Loan[]> =>
  createLoader<Row, Loan[]>(
    reads,
    (ids) =>
      sql`select l.item_id as key, ${columns.list} from (select * from loans where item_id in (${ids})
        and borrower_id = ${viewerId} and status in (${OPEN})) l ${visibleTo(viewerId)}
      order by l.start_date, l.id`,
    (rows) => rows.slice(0, MAX_ITEM_LOANS).map(columns.toValue),
  );

const OF_ROLE = {
  BORROWER: sql`l.borrower_id = mine.user_id`,
  OWNER: sql`l.owner_id = mine.user_id`,
  BOTH: sql`mine.user_id in (l.borrower_id, l.owner_id)`,
};

/**
 * A page of the viewer's own loans, newest first, and one more row where there is another page.
 * @param role null for both
 * @param open whether they are still under way; null for all
 */
export async function readOwnLoans(
  reads: Reads,
  viewerId: string,
  role: Exclude<LoanRole, 'STEWARD'> | null,
  open: boolean | null,
  { first, after }: Page,
): Promise<Loan[]> {
  const state =
    open === null
      ? empty
      : sql`and l.status ${open ? sql`in` : sql`not in`} (${OPEN})`;
  const rows = await reads.all<Row>(
    sql`select ${columns.list} from loans l ${visibleTo(viewerId)}
    where ${OF_ROLE[role ?? 'BOTH']} ${state} and l.id < ${after ?? LAST_ID} order by l.id desc limit ${first + 1}`,
  );
  return rows.map(columns.toValue);
}

/** Columns of related tables that the loan rules need. */
const RELATED_COLUMNS = sql`mine.user_id as "viewerId", n.time_zone as "timeZone", i.status as "itemStatus",
  i.max_loan_days as "maxLoanDays", i.buffer_days as "bufferDays", mine.status as "viewerStatus",
  borrowing.status as "borrowerStatus", lending.status as "ownerStatus", ${BLOCKED} as blocked,
  ${occupationColumns(sql`l.item_id`, sql`l.start_date`, sql`l.id`)},
  (select min(d.day) from booked_days d where d.item_id = l.item_id and d.day > l.due_date
    and d.loan_id <> l.id) as "takenAfterDue",
  e.id as "extensionId", e.new_due_date as "newDueDate",
  u.actor_id as "undoActorId", u.created_at as "undoCreatedAt", u.status as "undoStatus",
  u.item_status as "undoItemStatus", u.free_from is not null and (
    exists (select 1 from booked_days d where d.item_id = l.item_id and d.loan_id <> l.id
      and d.day between u.free_from and u.free_to)
    or exists (select 1 from loans again where again.item_id = l.item_id and again.borrower_id = l.borrower_id
      and again.id <> l.id and again.status in (${OPEN})
      and again.start_date <= u.due_date and again.due_date >= l.start_date)) as "undoObstructed"`;

/** Columns of a loan that the loan rules need, and the jobs that follow them. */
export const factsColumns = columnsOf(LoanEntity, 'l', {
  only: [
    'id',
    'itemId',
    'neighborhoodId',
    'borrowerId',
    'ownerId',
    'startDate',
    'dueDate',
    'status',
    'version',
    'createdAt',
    'remindedAt',
  ],
});

/** Columns of `LoanFacts`. */
const FACTS_COLUMNS = sql`${factsColumns.list}, ${RELATED_COLUMNS}`;

/** Continues `from loans l` with the tables that `RELATED_COLUMNS` names. */
const withRelated = (viewerId: string) => sql`${visibleTo(viewerId)}
  join neighborhoods n on n.id = l.neighborhood_id
  join items i on i.id = l.item_id
  join memberships borrowing on borrowing.neighborhood_id = l.neighborhood_id and borrowing.user_id = l.borrower_id
  join memberships lending on lending.neighborhood_id = l.neighborhood_id and lending.user_id = l.owner_id
  left join extensions e on e.loan_id = l.id and e.status = 'REQUESTED'
  left join undo_steps u on u.loan_id = l.id and u.step_loan_id = l.id and u.version = l.version`;

type RelatedRow = RawRow<Omit<LoanFacts, keyof Loan>>;
type FactsRow = RowOf<typeof factsColumns> & RelatedRow;

const toLoanFacts = (row: FactsRow): LoanFacts => ({
  ...row,
  ...factsColumns.toValue(row),
  ...flagsOf(row),
});

/** Converts flags and dates, which SQLite does not have. */
const flagsOf = (row: RelatedRow) => ({
  blocked: Boolean(row.blocked),
  undoObstructed: Boolean(row.undoObstructed),
  undoCreatedAt:
    row.undoCreatedAt === null ? null : new Date(row.undoCreatedAt),
});

/** Creates the loader of the facts of loans by their ids; null where the viewer cannot see one. */
export const createLoanFactsLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, LoanFacts | null> =>
  createLoader<FactsRow, LoanFacts | null>(
    reads,
    (ids) =>
      sql`select l.id as key, ${FACTS_COLUMNS} from (select * from loans where id in (${ids})) l ${withRelated(viewerId)}`,
    ([row]) => (row ? toLoanFacts(row) : null),
  );

/**
 * Reads the facts of a loan; null where the viewer cannot see it.
 * @param reads may belong to a transaction, which sees its own changes
 */
export async function readLoanFacts(
  reads: Pick<Reads, 'all'>,
  viewerId: string,
  id: string,
): Promise<LoanFacts | null> {
  const [row] = await reads.all<FactsRow>(
    sql`select ${FACTS_COLUMNS} from loans l ${withRelated(viewerId)} where l.id = ${id}`,
  );
  return row ? toLoanFacts(row) : null;
}

/** A loan with its facts for the viewer. */
export type OpenLoan = Loan & LoanFacts;

/**
 * Reads all loans that may give the viewer a task: their own open ones, and those to settle as a
 * steward. Sorted by start date.
 * @param most maximum number of loans
 */
export async function readOpenLoans(
  reads: Reads,
  viewerId: string,
  most: number,
): Promise<OpenLoan[]> {
  const rows = await reads.all<Row & RelatedRow>(
    sql`select ${columns.list}, ${RELATED_COLUMNS} from loans l ${withRelated(viewerId)}
    where l.status in (${OPEN}) and l.id in (
      select id from loans where borrower_id = ${viewerId}
      union all select id from loans where owner_id = ${viewerId}
      union all select d.id from loans d join memberships s on s.neighborhood_id = d.neighborhood_id
        where d.status = 'DISPUTED' and s.user_id = ${viewerId} and s.role = 'STEWARD' and s.status = 'ACTIVE')
    order by l.start_date, l.id limit ${most}`,
  );
  return rows.map((row) => ({
    ...row,
    ...columns.toValue(row),
    ...flagsOf(row),
  }));
}

/** Contact of the other side of a loan. Fields that were not given are empty. */
export type Contact = { address: string; phone: string; pickupNote: string };

/** Creates the loader of contacts by the loans' ids; null unless the viewer's loan is approved or under way. */
export const createContactLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, Contact | null> =>
  createLoader<Contact, Contact | null>(
    reads,
    (ids) =>
      // Owners wrote the pickup note themselves: it is not how to reach the borrower.
      sql`select l.id as key, u.address, u.phone,
        case when mine.user_id = l.borrower_id then i.pickup_note else '' end as "pickupNote"
      from (select * from loans where id in (${ids})) l ${visibleTo(viewerId)}
      join items i on i.id = l.item_id
      join users u on u.id = case when mine.user_id = l.owner_id then l.borrower_id else l.owner_id end
      where l.status in (${PROMISED}) and mine.user_id in (l.borrower_id, l.owner_id)`,
    ([row]) =>
      row
        ? { address: row.address, phone: row.phone, pickupNote: row.pickupNote }
        : null,
  );
