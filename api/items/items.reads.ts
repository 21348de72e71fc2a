import type DataLoader from 'dataloader';
import { notBlocked } from '../blocks/blocks.reads';
import { LAST_ID, type Page } from '../pagination';
import { createLoader } from '../database/loading';
import type { Moment, Parameter, Reads } from '../database/reads';
import { walkAlong } from '../database/search';
import { activeIn, isActiveMember } from '../neighborhoods/neighborhoods.reads';
import type { User } from '../users/user.entity';
import type { Item, ItemCategory, ItemFacts, ItemStatus } from './item.entity';

/** The owner comes along: who shows items shows whose they are, and one statement is enough. */
const COLUMNS = `i.id, i.title, i.description, i.category,
  i.max_loan_days as "maxLoanDays", i.buffer_days as "bufferDays", i.pickup_note as "pickupNote",
  i.status, i.retired_reason as "retiredReason", i.created_at as "createdAt",
  i.updated_at as "updatedAt", i.neighborhood_id as "neighborhoodId", i.owner_id as "ownerId",
  n.time_zone as "timeZone", u.username, u.name, u.about, u.photo_id as "photoId",
  u.created_at as "ownerCreatedAt"`;

const TABLES = `items i join users u on u.id = i.owner_id
  join neighborhoods n on n.id = i.neighborhood_id`;

type Row = Omit<Item, 'owner' | 'createdAt' | 'updatedAt'> &
  Omit<User, 'id' | 'createdAt'> & {
    createdAt: Moment;
    updatedAt: Moment;
    ownerCreatedAt: Moment;
  };

function toItem(row: Row): Item {
  const { username, name, about, photoId, ownerCreatedAt, ...item } = row;
  return {
    ...item,
    createdAt: new Date(item.createdAt),
    updatedAt: new Date(item.updatedAt),
    owner: {
      id: item.ownerId,
      username,
      name,
      about,
      photoId,
      createdAt: new Date(ownerCreatedAt),
    },
  };
}

const OWNER_IS_ACTIVE = isActiveMember('i.owner_id', 'i.neighborhood_id');

/** True where the viewer and the owner are neighbors. It takes the viewer's id three times. */
const IS_NEIGHBOR = `${activeIn('i.neighborhood_id')} and ${OWNER_IS_ACTIVE}
  and ${notBlocked('i.owner_id')}`;

/** Who has it, has it until its owner says that it is back. At most one loan of an item is so. */
export const HELD = `status in ('ON_LOAN', 'RETURN_CLAIMED', 'DISPUTED')`;

/** Which items of a neighborhood to list. */
export type ItemSelection = {
  /** At least one word, all of which it must hold; null for all items. */
  words?: readonly string[] | null;
  category?: ItemCategory | null;
  ownerId?: string | null;
  /** Free on each of these days. */
  free?: { from: string; to: string; today: string } | null;
};

/**
 * A page of what is offered in a neighborhood, newest first, and one more row where there is
 * another page.
 */
export async function readItems(
  reads: Reads,
  viewerId: string,
  neighborhoodId: string,
  selection: ItemSelection,
  { first, after }: Page,
): Promise<Item[]> {
  const chosen = toConditions(selection);
  const walk = await walkAlong(reads, {
    table: 'items',
    alias: 'i',
    neighborhoodId,
    words: selection.words ?? null,
    after,
  });
  // The viewer's own membership comes first: whoever has none walks along no items.
  const rows = await reads.all<Row>(
    `select ${COLUMNS} from memberships mine ${walk.tables}
    cross join users u cross join neighborhoods n
    where mine.neighborhood_id = ? and mine.user_id = ? and mine.status = 'ACTIVE'
    and ${walk.where} and i.neighborhood_id = mine.neighborhood_id and i.status = 'ACTIVE'
    and u.id = i.owner_id and n.id = i.neighborhood_id
    and ${OWNER_IS_ACTIVE} and ${notBlocked('i.owner_id')} ${chosen.sql}
    order by ${walk.newestFirst} limit ?`,
    [
      neighborhoodId,
      viewerId,
      ...walk.parameters,
      viewerId,
      viewerId,
      ...chosen.parameters,
      first + 1,
    ],
  );
  return rows.map(toItem);
}

function toConditions({ category, ownerId, free }: ItemSelection) {
  const conditions: { sql: string; parameters: Parameter[] }[] = [];
  if (category)
    conditions.push({ sql: 'and i.category = ?', parameters: [category] });
  if (ownerId)
    conditions.push({
      sql: 'and i.owner_id = ?',
      parameters: [ownerId.toLowerCase()],
    });
  if (free) conditions.push(toFree(free));
  return {
    sql: conditions.map(({ sql }) => sql).join(' '),
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}

/** No day is promised; and who has it is not known to keep it on one of them. */
function toFree({ from, to, today }: NonNullable<ItemSelection['free']>) {
  const isBooked = `and not exists (select 1 from booked_days b
    where b.item_id = i.id and b.day >= ? and b.day <= ?)`;
  if (from > today) return { sql: isBooked, parameters: [from, to] };
  // Until today it is with whoever has it, and since it was due it is overdue.
  const isHeld = `and not exists (select 1 from loans l
    where l.item_id = i.id and l.${HELD} and (l.due_date < ? or ? >= ?))`;
  return {
    sql: `${isBooked} ${isHeld}`,
    parameters: [from, to, to, to, today],
  };
}

/**
 * One item that the viewer can see, or null: their own in any state, and what neighbors offer or
 * have paused.
 * @param id a UUID, in any case
 */
export async function readItem(
  reads: Reads,
  viewerId: string,
  id: string,
): Promise<Item | null> {
  const [row] = await reads.all<Row>(
    `select ${COLUMNS} from ${TABLES}
    where i.id = ? and (i.owner_id = ? or (i.status <> 'RETIRED' and ${IS_NEIGHBOR}))`,
    [id.toLowerCase(), viewerId, viewerId, viewerId, viewerId],
  );
  return row ? toItem(row) : null;
}

/** A page of the owner's own items, newest first, and one more row where there is another page. */
export async function readOwnItems(
  reads: Reads,
  ownerId: string,
  status: ItemStatus | null,
  { first, after }: Page,
): Promise<Item[]> {
  const rows = await reads.all<Row>(
    `select ${COLUMNS} from ${TABLES} where i.owner_id = ? and i.id < ?
    ${status ? 'and i.status = ?' : ''} order by i.id desc limit ?`,
    [ownerId, after ?? LAST_ID, ...(status ? [status] : []), first + 1],
  );
  return rows.map(toItem);
}

/** Items by their ids. Whoever may see what names them may see them. */
export type ItemLoader = DataLoader<string, Item>;

/** Items by their ids, for one request. An id without an item is a bug: foreign keys hold. */
export const createItemLoader = (reads: Reads): ItemLoader =>
  createLoader<Row, Item>(
    reads,
    (places) =>
      `select i.id as key, ${COLUMNS} from ${TABLES} where i.id in (${places})`,
    ([row], id) => {
      if (!row) throw new Error(`No item ${id}: the foreign key does not hold`);
      return toItem(row);
    },
  );

/** How the viewer stands to items, by the items' ids, for one request. */
export const createItemFactsLoader = (
  reads: Reads,
  viewerId: string,
): DataLoader<string, ItemFacts> =>
  createLoader<{ isNeighbor: number; isPromised: number }, ItemFacts>(
    reads,
    (places) =>
      `with i as (select id, owner_id, neighborhood_id from items where id in (${places}))
      select i.id as key, case when ${IS_NEIGHBOR} then 1 else 0 end as "isNeighbor",
      case when exists (select 1 from loans l where l.item_id = i.id
        and l.status in ('APPROVED', 'ON_LOAN', 'RETURN_CLAIMED', 'DISPUTED'))
      then 1 else 0 end as "isPromised" from i`,
    ([row]) => ({
      isNeighbor: row?.isNeighbor === 1,
      isPromised: row?.isPromised === 1,
    }),
    [viewerId, viewerId, viewerId],
  );
