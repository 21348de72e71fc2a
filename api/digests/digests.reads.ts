import type { Day } from '../calendar';
import type { EntityManager } from '../database/orm';
import { execute, readsOf, type Moment, type Reads } from '../database/reads';
import { empty, raw, sql, type Sql } from '../database/sql';
import { isWanted } from '../topics/topics.reads';

/** A Saturday in the neighborhoods of a time zone. */
export type LocalSaturday = { timeZone: string; week: Day };

/** Reads the ids of neighborhoods of a time zone whose members have no digest of this Saturday yet. */
export async function readUndigested(
  reads: Reads,
  { timeZone, week }: LocalSaturday,
  most: number,
): Promise<string[]> {
  const rows = await reads.all<{ id: string }>(
    sql`select n.id from neighborhoods n where n.time_zone = ${timeZone} and n.digested_on < ${week} limit ${most}`,
  );
  return rows.map(({ id }) => id);
}

/** Claims the Saturday of a neighborhood for this transaction. @returns whether no other one has */
export async function claimNeighborhood(
  em: EntityManager,
  id: string,
  week: Day,
): Promise<boolean> {
  const changed = await execute(
    em,
    sql`update neighborhoods set digested_on = ${week} where id = ${id} and digested_on < ${week}`,
  );
  return changed > 0;
}

/** When a claim happens, and from when on things are new to those without a recent digest. */
export type Claim = {
  neighborhoodId: string;
  week: Day;
  now: Date;
  /** For users who had no digest lately. */
  weekAgo: Date;
  /** The last digest counts if it is younger. */
  lastAfter: Date;
};

/**
 * Writes the digests of a neighborhood's members who can and want to get one, and have none of this Saturday by
 * another neighborhood. Each begins where the last one ended, or where it began if it was not sent. In the order
 * of the users, so that two neighborhoods do not wait for each other.
 */
export const writeDigests = (
  em: EntityManager,
  { neighborhoodId, week, now, weekAgo, lastAfter }: Claim,
): Promise<number> =>
  execute(
    em,
    sql`insert into digests (user_id, week, since, until, due_at, attempts)
    select u.id, ${week}, ${weekAgo}, ${now}, ${now}, 0 from memberships m join users u on u.id = m.user_id
    where m.neighborhood_id = ${neighborhoodId} and m.status in ('ACTIVE', 'SUSPENDED') and u.deleted_at is null
      and u.email is not null and u.email_refused_at is null and ${isWanted('WEEKLY_DIGEST', 'mail')}
    order by u.id
    on conflict (user_id) do update set week = excluded.week, until = excluded.until, due_at = excluded.due_at,
      attempts = 0, since = case when digests.until <= ${lastAfter} then excluded.since
        when digests.due_at is null then digests.until else digests.since end
    where digests.week < excluded.week`,
  );

/** A digest that this process has taken. */
export type TakenDigest = {
  userId: string;
  week: Day;
  since: Date;
  until: Date;
  attempts: number;
};

/** Tells whether a digest is due. */
export async function isDigestDue(reads: Reads, now: Date): Promise<boolean> {
  const rows = await reads.all<{ id: string }>(
    sql`select user_id as "id" from digests where due_at <= ${now} limit 1`,
  );
  return rows.length > 0;
}

/** Takes the digest that waits longest until the end of a lease, so that no other process sends it meanwhile. */
export async function takeDigest(
  em: EntityManager,
  dialect: Reads['dialect'],
  { now, leaseEnd }: { now: Date; leaseEnd: Date },
): Promise<TakenDigest | undefined> {
  const [row] = await readsOf(em).all<
    Omit<TakenDigest, 'since' | 'until'> & { since: Moment; until: Moment }
  >(
    sql`update digests set due_at = ${leaseEnd}, attempts = attempts + 1
    where user_id in (select user_id from digests where due_at <= ${now} order by due_at limit 1 ${skipLocked(dialect)})
    returning user_id as "userId", week, since, until, attempts`,
  );
  return (
    row && { ...row, since: new Date(row.since), until: new Date(row.until) }
  );
}

/** SQLite has one writer at a time, which has nothing to skip. */
const skipLocked = (dialect: Reads['dialect']): Sql =>
  dialect === 'sqlite' ? empty : raw('for update skip locked');

/** Puts a digest off until the pause of the user's mails is over. That is no attempt. */
export const waitForMailPause = (
  em: EntityManager,
  userId: string,
): Promise<number> =>
  execute(
    em,
    sql`update digests set attempts = attempts - 1,
      due_at = (select p.until from mail_pauses p where p.user_id = digests.user_id) where user_id = ${userId}`,
  );
