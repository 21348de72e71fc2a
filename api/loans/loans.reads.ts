import type DataLoader from 'dataloader';
import { isBlocked } from '../blocks/blocks.reads';
import { LAST_ID, type Page } from '../pagination';
import { createLoader } from '../database/loading';
import { columnsOf, type RawRow, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import {
  empty,
  existsByLookup,
  join,
  literals,
  sql,
  type Sql,
} from '../database/sql';
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
export const BLOCKED = isBlocked(sql`l.borrower_id`, sql`l.owner_id`);

/** Condition: the viewer is the borrower or the owner of the loan `l`. */
export const isSide = (viewerId: string): Sql =>
  sql`(l.borrower_id = ${viewerId} or l.owner_id = ${viewerId})`;

/** Condition: the viewer's membership `mine` in the neighborhood of the loan `l` is such. */
const belongs = (viewerId: string, such: Sql): Sql =>
  existsByLookup(
    sql`from memberships mine where mine.user_id = ${viewerId} and mine.neighborhood_id = l.neighborhood_id and ${such}`,
  );

/** Condition: a message about the loan `l` was reported. */
export const HAS_REPORTED_MESSAGE = existsByLookup(
  sql`from messages m cross join reports r where m.loan_id = l.id and r.message_id = m.id`,
);

/**
 * Condition: the viewer can see the loan `l`.
 *
 * The two sides see their loan as long as they belong to the neighborhood. A side that has left or was
 * banned sees only loans whose item is still to be returned. After a block, both sides see only loans
 * that are approved or under way. Stewards see disputes, loans with reported messages, and disputes
 * that they have just settled and can reopen.
 */
export const visibleTo = (
  viewerId: string,
): Sql => sql`case when ${isSide(viewerId)}
    then l.status in (${HELD_STATUSES})
      or ((l.status = 'APPROVED' or not ${BLOCKED})
        and ${belongs(viewerId, sql`mine.status in ('ACTIVE', 'SUSPENDED')`)})
    else ${belongs(viewerId, sql`mine.status = 'ACTIVE' and mine.role = 'STEWARD'`)} and (l.status = 'DISPUTED'
      or ${existsByLookup(sql`from undo_steps u where u.loan_id = l.id and u.step_loan_id = l.id
        and u.version = l.version and u.actor_id = ${viewerId}
        and u.created_at > ${new Date(Date.now() - UNDO_TIMEOUT_MS)}`)}
      or ${HAS_REPORTED_MESSAGE})
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
      sql`select l.id as key, ${columns.list} from (select * from loans where id in (${ids})) l where ${visibleTo(viewerId)}`,
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
        and borrower_id = ${viewerId} and status in (${OPEN})) l where ${visibleTo(viewerId)}
      order by l.start_date, l.id`,
    (rows) => rows.slice(0, MAX_ITEM_LOANS).map(columns.toValue),
  );

/** The column of each role. */
const SIDES = { BORROWER: sql`borrower_id`, OWNER: sql`owner_id` };

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
  // Each side is read along its own index, and no further than the page.
  const sides = (role ? [SIDES[role]] : Object.values(SIDES)).map(
    (column) =>
      sql`select * from (select ${columns.list} from loans l
        where l.${column} = ${viewerId} and l.id < ${after ?? LAST_ID} ${state} and ${visibleTo(viewerId)}
        order by l.id desc limit ${first + 1}) side`,
  );
  const rows = await reads.all<Row>(
    sql`select * from (${join(sides, ' union all ')}) own order by own.id desc limit ${first + 1}`,
  );
  return rows.map(columns.toValue);
}

/** Status of a user's membership in the neighborhood of the loan `l`; every former member has one. */
const statusOf = (userId: Sql) =>
  sql`(select m.status from memberships m where m.user_id = ${userId} and m.neighborhood_id = l.neighborhood_id)`;

/** Columns of related tables that the loan rules need. */
const relatedColumns = (
  viewerId: string,
) => sql`n.time_zone as "timeZone", i.status as "itemStatus",
  i.max_loan_days as "maxLoanDays", i.buffer_days as "bufferDays",
  ${statusOf(sql`${viewerId}`)} as "viewerStatus",
  ${statusOf(sql`l.borrower_id`)} as "borrowerStatus", ${statusOf(sql`l.owner_id`)} as "ownerStatus",
  ${BLOCKED} as blocked,
  ${occupationColumns(sql`l.item_id`, sql`l.start_date`, sql`l.id`)},
  (select min(d.day) from booked_days d where d.item_id = l.item_id and d.day > l.due_date
    and d.loan_id <> l.id) as "takenAfterDue",
  e.id as "extensionId", e.new_due_date as "newDueDate",
  u.actor_id as "undoActorId", u.created_at as "undoCreatedAt", u.status as "undoStatus",
  u.item_status as "undoItemStatus", u.free_from is not null and (
    ${existsByLookup(sql`from booked_days d where d.item_id = l.item_id and d.loan_id <> l.id
      and d.day between u.free_from and u.free_to`)}
    or ${existsByLookup(sql`from loans again where again.item_id = l.item_id and again.borrower_id = l.borrower_id
      and again.id <> l.id and again.status in (${OPEN})
      and again.start_date <= u.due_date and again.due_date >= l.start_date`)}) as "undoObstructed"`;

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

/** Columns of `LoanFacts` but the viewer's id. */
const factsOf = (viewerId: string) =>
  sql`${factsColumns.list}, ${relatedColumns(viewerId)}`;

/** Continues `from loans l` with the tables that `relatedColumns` names. */
const WITH_RELATED = sql`join neighborhoods n on n.id = l.neighborhood_id
  join items i on i.id = l.item_id
  left join extensions e on e.loan_id = l.id and e.status = 'REQUESTED'
  left join undo_steps u on u.loan_id = l.id and u.step_loan_id = l.id and u.version = l.version`;

type RelatedRow = RawRow<Omit<LoanFacts, keyof Loan | 'viewerId'>>;
type FactsRow = RowOf<typeof factsColumns> & RelatedRow;

const toLoanFacts = (row: FactsRow, viewerId: string): LoanFacts => ({
  ...row,
  ...factsColumns.toValue(row),
  ...flagsOf(row),
  viewerId,
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
      sql`select l.id as key, ${factsOf(viewerId)} from (select * from loans where id in (${ids})) l ${WITH_RELATED} where ${visibleTo(viewerId)}`,
    ([row]) => (row ? toLoanFacts(row, viewerId) : null),
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
    sql`select ${factsOf(viewerId)} from loans l ${WITH_RELATED} where l.id = ${id} and ${visibleTo(viewerId)}`,
  );
  return row ? toLoanFacts(row, viewerId) : null;
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
    sql`select ${columns.list}, ${relatedColumns(viewerId)} from (
      select * from loans where borrower_id = ${viewerId} and status in (${OPEN})
      union all select * from loans where owner_id = ${viewerId} and status in (${OPEN})
      union all select d.* from memberships s cross join loans d
        where s.user_id = ${viewerId} and s.role = 'STEWARD' and s.status = 'ACTIVE'
        and d.neighborhood_id = s.neighborhood_id and d.status = 'DISPUTED'
        and d.borrower_id <> ${viewerId} and d.owner_id <> ${viewerId}) l ${WITH_RELATED}
    where ${visibleTo(viewerId)} order by l.start_date, l.id limit ${most}`,
  );
  return rows.map((row) => ({
    ...row,
    ...columns.toValue(row),
    ...flagsOf(row),
    viewerId,
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
        case when l.borrower_id = ${viewerId} then i.pickup_note else '' end as "pickupNote"
      from (select * from loans where id in (${ids})) l
      join items i on i.id = l.item_id
      join users u on u.id = case when l.owner_id = ${viewerId} then l.borrower_id else l.owner_id end
      where ${visibleTo(viewerId)} and l.status in (${PROMISED}) and ${isSide(viewerId)}`,
    ([row]) =>
      row
        ? { address: row.address, phone: row.phone, pickupNote: row.pickupNote }
        : null,
  );
