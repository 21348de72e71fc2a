import type DataLoader from 'dataloader';
import type { Page } from '../pagination';
import { createLoader } from '../database/loading';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { listScan } from '../database/search';
import { existsByLookup, sql, type Sql } from '../database/sql';
import { NeighborhoodEntity, type Neighborhood } from './neighborhood.entity';

/**
 * Condition: the viewer is an active member of the neighborhood in a column. Others see nothing that is
 * shared there.
 * @param column as `items.neighborhood_id`
 */
export const activeIn = (column: Sql, viewerId: string): Sql =>
  isActiveMember(sql`${viewerId}`, column);

/**
 * Condition: a user is an active member. Items and recipes of suspended and former members are not
 * shown to others.
 * @param user their id, or its column, as `items.owner_id`
 * @param neighborhood the column of the neighborhood's
 */
export const isActiveMember = (user: Sql, neighborhood: Sql): Sql =>
  existsByLookup(
    sql`from memberships as theirs where theirs.user_id = ${user} and theirs.neighborhood_id = ${neighborhood} and theirs.status = 'ACTIVE'`,
  );

/** Columns of a `Neighborhood` out of `neighborhoods n`. */
const columns = columnsOf(NeighborhoodEntity, 'n', {
  except: ['searchWords', 'digestedOn'],
});
type Row = RowOf<typeof columns>;

/**
 * Condition on `neighborhoods n`: the viewer's own neighborhoods, and those that need no invite, except
 * where the viewer is banned.
 */
export const isVisibleNeighborhood = (viewerId: string): Sql => {
  const isMember = (statuses: Sql) =>
    existsByLookup(
      sql`from memberships as mine where mine.neighborhood_id = n.id and mine.user_id = ${viewerId} and mine.status in (${statuses})`,
    );
  return sql`(n.join_policy <> 'INVITE_ONLY' or ${isMember(sql`'PENDING', 'ACTIVE', 'SUSPENDED'`)})
  and not ${isMember(sql`'BANNED'`)}`;
};

/** Reads one neighborhood; null where the viewer cannot see it. */
export async function readNeighborhood(
  reads: Reads,
  viewerId: string,
  id: string,
): Promise<Neighborhood | null> {
  const [row] = await reads.all<Row>(
    sql`select ${columns.list} from neighborhoods n where n.id = ${id.toLowerCase()} and ${isVisibleNeighborhood(viewerId)}`,
  );
  return row ? columns.toValue(row) : null;
}

/** Neighborhoods by their ids; null where the viewer cannot see one. */
export type NeighborhoodLoader = DataLoader<string, Neighborhood | null>;

/** Creates the loader of the neighborhoods that the viewer can see, for one request; null for all others. */
export const createNeighborhoodLoader = (
  reads: Reads,
  viewerId: string,
): NeighborhoodLoader =>
  createLoader<Row, Neighborhood | null>(
    reads,
    (ids) =>
      sql`select n.id as key, ${columns.list} from neighborhoods n where n.id in (${ids}) and ${isVisibleNeighborhood(viewerId)}`,
    ([row]) => (row ? columns.toValue(row) : null),
  );

/** Creates the loader of time zones by the neighborhoods' ids, for the days of items and loans. */
export const createTimeZoneLoader = (
  reads: Reads,
): DataLoader<string, string> =>
  createLoader<{ timeZone: string }, string>(
    reads,
    (ids) =>
      sql`select n.id as key, n.time_zone as "timeZone" from neighborhoods n where n.id in (${ids})`,
    ([row], id) => {
      if (!row)
        throw new Error(`No neighborhood ${id}: the foreign key does not hold`);
      return row.timeZone;
    },
  );

/**
 * Reads a page of the neighborhoods that need no invite, newest first, and one more row where there is
 * another page.
 * @param words at least one, all of which the name or description must hold; null for all neighborhoods
 */
export async function readOpenNeighborhoods(
  reads: Reads,
  viewerId: string,
  words: readonly string[] | null,
  { first, after }: Page,
): Promise<Neighborhood[]> {
  const scan = await listScan(reads, {
    table: 'neighborhoods',
    alias: 'n',
    words,
    after,
  });
  const rows = await reads.all<Row>(
    sql`select ${columns.list} from ${scan.tables}
    where ${scan.where} and n.join_policy <> 'INVITE_ONLY' and ${isVisibleNeighborhood(viewerId)}
    order by ${scan.newestFirst} limit ${first + 1}`,
  );
  return rows.map(columns.toValue);
}

/** Reads the neighborhood of an invite, also where the viewer could not see it otherwise. */
export async function readInvitingNeighborhood(
  reads: Reads,
  id: string,
): Promise<Neighborhood | null> {
  const [row] = await reads.all<Row>(
    sql`select ${columns.list} from neighborhoods n where n.id = ${id}`,
  );
  return row ? columns.toValue(row) : null;
}
