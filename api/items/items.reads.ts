import type DataLoader from 'dataloader';
import { notBlocked } from '../blocks/blocks.reads';
import { LAST_ID, type Page } from '../pagination';
import { createLoader } from '../database/loading';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import {
  empty,
  existsByLookup,
  join,
  literals,
  sql,
  type Sql,
} from '../database/sql';
import { shiftedDay } from '../database/shiftedDay';
import { addDays, countDays, type Day } from '../calendar';
import { HELD_LOAN_STATUSES, PROMISED_LOAN_STATUSES } from '../loanStatus';
import { listScan } from '../database/search';
import { activeIn, isActiveMember } from '../neighborhoods/neighborhoods.reads';
import {
  readNewThings,
  type NewThing,
  type NewThingsOf,
} from '../neighborhoods/newThings.reads';
import { UserEntity } from '../users/user.entity';
import { PUBLIC_USER_PROPERTIES } from '../users/users.reads';
import {
  ItemEntity,
  type Item,
  type ItemCategory,
  type ItemFacts,
  type ItemStatus,
} from './item.entity';

const itemColumns = columnsOf(ItemEntity, 'i', { except: ['searchWords'] });
const ownerColumns = columnsOf(UserEntity, 'u', {
  only: PUBLIC_USER_PROPERTIES,
  prefix: 'owner.',
});

/** Columns of an `Item` out of `TABLES`. Its owner is joined, as lists of items always show it. */
const COLUMNS = sql`${itemColumns.list}, n.time_zone as "timeZone", ${ownerColumns.list}`;

const TABLES = sql`items i join users u on u.id = i.owner_id
  join neighborhoods n on n.id = i.neighborhood_id`;

type Row = RowOf<typeof itemColumns> &
  RowOf<typeof ownerColumns> &
  Pick<Item, 'timeZone'>;

/** Row of an item that is not known to be a neighbor's. */
type CheckedRow = Row & { isNear: number; isVisible: number };

/** Makes an own or a neighbor's item. */
const toItem = (row: Row): Item =>
  Object.assign(itemColumns.toValue(row), {
    timeZone: row.timeZone,
    owner: ownerColumns.toValue(row),
    isTitleOnly: false,
  });

/** Makes any item: without what the viewer must not see. */
const toCheckedItem = (row: CheckedRow): Item => {
  const item = toItem(row);
  if (row.isNear === 1) return item;
  const distant = { ...item, owner: null };
  return row.isVisible === 1
    ? distant
    : { ...distant, description: '', pickupNote: '', isTitleOnly: true };
};

const OWNER_IS_ACTIVE = isActiveMember(sql`i.owner_id`, sql`i.neighborhood_id`);

/** Condition: lists of its neighborhood show the item `i` to an active member. */
const isListed = (viewerId: string): Sql =>
  sql`i.status = 'ACTIVE' and ${OWNER_IS_ACTIVE} and ${notBlocked(sql`i.owner_id`, viewerId)}`;

/** Condition: the viewer and the owner are neighbors. */
const isNeighbor = (viewerId: string) =>
  sql`${activeIn(sql`i.neighborhood_id`, viewerId)} and ${OWNER_IS_ACTIVE}
  and ${notBlocked(sql`i.owner_id`, viewerId)}`;

/** Condition: the item `i` was reported to the viewer, as a steward who has to judge it. */
const isReportedTo = (viewerId: string) =>
  existsByLookup(
    sql`from reports r cross join memberships s
    where r.item_id = i.id and s.user_id = ${viewerId} and s.neighborhood_id = r.neighborhood_id
    and s.status = 'ACTIVE' and s.role = 'STEWARD'`,
  );

/**
 * Condition: the viewer can see the item `i`. The only place that decides it: own items in any state,
 * active and paused ones of neighbors, and those reported to them as a steward.
 */
export const isVisibleItem = (viewerId: string): Sql =>
  sql`(${isNear(viewerId)} or ${isReportedTo(viewerId)})`;

/** Condition: the item `i` is the viewer's own, or a neighbor's. */
const isNear = (viewerId: string): Sql =>
  sql`(i.owner_id = ${viewerId} or (i.status <> 'RETIRED' and ${isNeighbor(viewerId)}))`;

/** Columns of a `CheckedRow`. */
const checkedColumns = (viewerId: string): Sql => sql`${COLUMNS},
  case when ${isNear(viewerId)} then 1 else 0 end as "isNear",
  case when ${isVisibleItem(viewerId)} then 1 else 0 end as "isVisible"`;

/** Statuses in which the borrower has the item, until its owner confirms the return. At most one loan of an item has one. */
const HELD_STATUSES = literals(HELD_LOAN_STATUSES);

/** Selection of items of a neighborhood. */
export type ItemSelection = {
  /** At least one word, all of which it must hold; null for all items. */
  words?: readonly string[] | null;
  category?: ItemCategory | null;
  ownerId?: string | null;
  /** Can be borrowed on these days, on the first of which a loan can begin. */
  free?: { from: Day; to: Day; today: Day } | null;
};

/**
 * Reads a page of the active items of a neighborhood, newest first, and one more row where there is
 * another page.
 */
export async function readItems(
  reads: Reads,
  viewerId: string,
  neighborhoodId: string,
  selection: ItemSelection,
  { first, after }: Page,
): Promise<Item[]> {
  const scan = await listScan(reads, {
    table: 'items',
    alias: 'i',
    neighborhoodId,
    words: selection.words ?? null,
    after,
  });
  // The viewer's own membership comes first: without one the scan reads no items.
  const rows = await reads.all<Row>(
    sql`select ${COLUMNS} from memberships mine cross join ${scan.tables}
    cross join users u cross join neighborhoods n
    where mine.neighborhood_id = ${neighborhoodId} and mine.user_id = ${viewerId} and mine.status = 'ACTIVE'
    and ${scan.where} and i.neighborhood_id = mine.neighborhood_id
    and u.id = i.owner_id and n.id = i.neighborhood_id and ${isListed(viewerId)} ${selected(reads, selection)}
    order by ${scan.newestFirst} limit ${first + 1}`,
  );
  return rows.map(toItem);
}

/** Reads the newest items of neighbors that lists show a user, of all their neighborhoods. */
export const readNewItems = (
  reads: Reads,
  viewer: NewThingsOf,
): Promise<NewThing[]> =>
  readNewThings(reads, viewer, {
    table: sql`items i`,
    thing: sql`i`,
    personId: sql`i.owner_id`,
    isListed: isListed(viewer.viewerId),
  });

const selected = (
  { dialect }: Pick<Reads, 'dialect'>,
  { category, ownerId, free }: ItemSelection,
): Sql =>
  join(
    [
      category ? sql`and i.category = ${category}` : empty,
      ownerId ? sql`and i.owner_id = ${ownerId.toLowerCase()}` : empty,
      free ? isFree(dialect, free) : empty,
    ],
    ' ',
  );

/** Condition: `problemOf` in availability.ts, in SQL. Each of its parts has one condition here. */
function isFree(
  dialect: Reads['dialect'],
  { from, to, today }: NonNullable<ItemSelection['free']>,
) {
  const first = shiftedDay(dialect, from, sql`- i.buffer_days`);
  const last = shiftedDay(dialect, to, sql`+ i.buffer_days`);
  return sql`and i.max_loan_days >= ${countDays(from, to)}
    and not ${existsByLookup(sql`from booked_days b where b.item_id = i.id and b.day >= ${first} and b.day <= ${last}`)}
    and not ${existsByLookup(sql`from loans h where h.item_id = i.id and h.status in (${HELD_STATUSES})
      and case when h.due_date < ${today} then ${addDays(today, 1)} else h.due_date end >= ${first}`)}
    and (i.buffer_days = 0 or not ${existsByLookup(sql`from loans r where r.item_id = i.id and r.returned_on >= ${first}`)})`;
}

/**
 * Reads one item; null where the viewer cannot see it.
 * @param id a UUID, in any case
 */
export async function readItem(
  reads: Reads,
  viewerId: string,
  id: string,
): Promise<Item | null> {
  const [row] = await reads.all<CheckedRow>(
    sql`select ${checkedColumns(viewerId)} from ${TABLES}
    where i.id = ${id.toLowerCase()} and ${isVisibleItem(viewerId)}`,
  );
  return row ? toCheckedItem(row) : null;
}

/** Reads a page of the owner's own items, newest first, and one more row where there is another page. */
export async function readOwnItems(
  reads: Reads,
  ownerId: string,
  status: ItemStatus | null,
  { first, after }: Page,
): Promise<Item[]> {
  const rows = await reads.all<Row>(
    sql`select ${COLUMNS} from ${TABLES} where i.owner_id = ${ownerId} and i.id < ${after ?? LAST_ID}
    ${status ? sql`and i.status = ${status}` : empty} order by i.id desc limit ${first + 1}`,
  );
  return rows.map(toItem);
}

/** Items by their ids, of which the viewer sees at least the title. */
export type ItemLoader = DataLoader<string, Item>;

/**
 * Creates the loader of the items of loans and payloads, for one request. An item that the viewer cannot
 * see has a title there and nothing that changes later. An id without an item is a bug: foreign keys
 * hold.
 */
export const createItemLoader = (reads: Reads, viewerId: string): ItemLoader =>
  createLoader<CheckedRow, Item>(
    reads,
    (ids) =>
      sql`select i.id as key, ${checkedColumns(viewerId)} from ${TABLES} where i.id in (${ids})`,
    ([row], id) => {
      if (!row) throw new Error(`No item ${id}: the foreign key does not hold`);
      return toCheckedItem(row);
    },
  );

/** Creates the loader of the facts that the rules of items need, by the items' ids. */
export const createItemFactsLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, ItemFacts> =>
  createLoader<{ isNeighbor: number; isPromised: number }, ItemFacts>(
    reads,
    (ids) =>
      sql`with i as (select id, owner_id, neighborhood_id from items where id in (${ids}))
      select i.id as key, case when ${isNeighbor(viewerId)} then 1 else 0 end as "isNeighbor",
      case when ${existsByLookup(sql`from loans l where l.item_id = i.id and l.status in (${literals(PROMISED_LOAN_STATUSES)})`)}
      then 1 else 0 end as "isPromised" from i`,
    ([row]) => ({
      isNeighbor: row?.isNeighbor === 1,
      isPromised: row?.isPromised === 1,
    }),
  );
