import { firstIdOf } from '../pagination';
import type { Reads } from '../database/reads';
import { sql, type Sql } from '../database/sql';

/** A user, the time within which things are new, and how many of each neighborhood to read. */
export type NewThingsOf = {
  viewerId: string;
  since: Date;
  until: Date;
  most: number;
};

/** Something new of a neighbor, as an item or a recipe. */
export type NewThing = {
  id: string;
  title: string;
  /** Name of the owner or author. */
  personName: string;
  neighborhoodId: string;
  neighborhoodName: string;
  /** How many new ones of its kind the neighborhood has. */
  total: number;
};

/** Parts of the statement: the table with its alias, the alias, the column of the person, and who sees it. */
type Things = { table: Sql; thing: Sql; personId: Sql; isListed: Sql };

/** How far the clocks of servers, which make the ids, may be apart. */
const CLOCK_SKEW_MS = 60 * 60_000;

/**
 * Reads the newest things of neighbors, of all neighborhoods in which a user is active, with one statement. What
 * was there before the user joined is not new to them.
 * @returns them by neighborhood, the newest first
 */
export async function readNewThings(
  reads: Reads,
  { viewerId, since, until, most }: NewThingsOf,
  { table, thing, personId, isListed }: Things,
): Promise<NewThing[]> {
  // Ids begin with the time, so that only new rows are read. Rows from elsewhere may have an older time.
  const firstId = firstIdOf(new Date(since.getTime() - CLOCK_SKEW_MS));
  const place = sql`over (partition by mine.neighborhood_id order by ${thing}.id desc)`;
  const rows = await reads.all<NewThing & { total: number | string }>(
    sql`select found.id as "id", found.title as "title", found.name as "personName",
      found.neighborhood_id as "neighborhoodId", found.neighborhood as "neighborhoodName", found.total as "total"
    from (select ${thing}.id, ${thing}.title, u.name, mine.neighborhood_id, n.name as neighborhood,
        row_number() ${place} as place, count(*) over (partition by mine.neighborhood_id) as total
      from memberships mine cross join ${table} cross join users u cross join neighborhoods n
      where mine.user_id = ${viewerId} and mine.status = 'ACTIVE'
      and ${thing}.neighborhood_id = mine.neighborhood_id and ${thing}.id >= ${firstId}
      and ${thing}.created_at > ${since} and ${thing}.created_at <= ${until}
      and ${thing}.created_at > coalesce(mine.joined_at, mine.created_at)
      and ${personId} <> ${viewerId} and u.id = ${personId} and n.id = mine.neighborhood_id and ${isListed}) found
    where found.place <= ${most} order by found.neighborhood, found.neighborhood_id, found.place`,
  );
  return rows.map((row) => ({ ...row, total: Number(row.total) }));
}
