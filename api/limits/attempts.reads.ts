import type { Orm } from '../database/orm';
import { sql, type Sql } from '../database/sql';

/** A count of attempts and when it expires, in milliseconds since 1970. */
export type AttemptCount = { points: number; expire: number };

/** PostgreSQL gives a bigint as text. */
type AttemptRow = { points: number; expire: number | string };

/**
 * Adds points to a key in one statement, so that concurrent calls each see a different total. A count
 * that has expired starts again.
 * @param points negative to take points back
 * @param expire when a new count expires, in milliseconds since 1970; a running count keeps its own
 * @returns the count after the addition
 */
export async function addPoints(
  orm: Orm,
  key: string,
  points: number,
  expire: number,
): Promise<AttemptCount> {
  const now = Date.now();
  const [row] = await run(
    orm,
    sql`insert into attempts (key, points, expire) values (${key}, ${points}, ${expire}) on conflict (key) do update set points = case when attempts.expire <= ${now} then excluded.points else attempts.points + excluded.points end, expire = case when attempts.expire <= ${now} then excluded.expire else attempts.expire end returning points, expire`,
  );
  if (!row) throw new Error('The upsert of an attempt returned no row');
  return toCount(row);
}

/** Overwrites the count of a key. */
export async function setPoints(
  orm: Orm,
  key: string,
  points: number,
  expire: number,
): Promise<void> {
  await run(
    orm,
    sql`insert into attempts (key, points, expire) values (${key}, ${points}, ${expire}) on conflict (key) do update set points = excluded.points, expire = excluded.expire`,
  );
}

/** Reads the count of a key; null where there is none or it has expired. */
export async function readPoints(
  orm: Orm,
  key: string,
): Promise<AttemptCount | null> {
  const [row] = await run(
    orm,
    sql`select points, expire from attempts where key = ${key} and expire > ${Date.now()}`,
  );
  return row ? toCount(row) : null;
}

/** Deletes the count of a key. */
export async function deletePoints(orm: Orm, key: string): Promise<void> {
  await run(orm, sql`delete from attempts where key = ${key}`);
}

const toCount = ({ points, expire }: AttemptRow): AttemptCount => ({
  points,
  expire: Number(expire),
});

/**
 * Runs a statement on the ORM's connection, as counts must be read after the last write. Each
 * statement is on one line: the SQLite driver returns rows only where it finds " returning " between
 * spaces.
 */
const run = (orm: Orm, { sql: text, values }: Sql): Promise<AttemptRow[]> =>
  orm.em.getConnection().execute<AttemptRow[]>(text, values);
