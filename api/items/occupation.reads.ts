import type DataLoader from 'dataloader';
import { addDays, dayIn, type Day } from '../calendar';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import { empty, literals, sql, type Sql } from '../database/sql';
import { HELD_LOAN_STATUSES } from '../loanStatus';
import type { Occupation } from './availability';

const HELD_STATUSES = literals(HELD_LOAN_STATUSES);

/** Most buffer days of an item: see `CreateItemInput` in the schema. */
const MAX_BUFFER_DAYS = 14;

/** Occupation of items by their ids, with the booked days in and around a span. */
export type OccupationLoader = DataLoader<string, Occupation>;

/** Loaders of one request: one for each span of days. */
export type OccupationLoaders = {
  /** Loader for the days from the first to the last. */
  during(from: Day, to: Day): OccupationLoader;
  /** Loader for today in every time zone. */
  today(): OccupationLoader;
  /** Clears all loaders. */
  clearAll(): void;
};

/** Creates the loaders of one request. */
export function createOccupationLoaders(reads: Reads): OccupationLoaders {
  const loaders = new Map<string, OccupationLoader>();
  function during(from: Day, to: Day) {
    const span = `${from} ${to}`;
    const loader = loaders.get(span) ?? createOccupationLoader(reads, from, to);
    loaders.set(span, loader);
    return loader;
  }
  let today: OccupationLoader | null = null;
  return {
    during,
    today() {
      const now = dayIn('UTC', new Date());
      today ??= during(addDays(now, -1), addDays(now, 1));
      return today;
    },
    clearAll() {
      loaders.clear();
      today = null;
    },
  };
}

type Row = {
  day: Day | null;
  heldUntil: Day | null;
  lastReturn: Day | null;
};

const createOccupationLoader = (
  reads: Reads,
  from: Day,
  to: Day,
): OccupationLoader =>
  createLoader<Row, Occupation>(
    reads,
    (ids) =>
      sql`with i as (select id from items where id in (${ids}))
      select i.id as key, b.day, null as "heldUntil", null as "lastReturn" from i
      join booked_days b on b.item_id = i.id
        and b.day >= ${addDays(from, -MAX_BUFFER_DAYS)} and b.day <= ${addDays(to, MAX_BUFFER_DAYS)}
      union all select i.id, null, l.due_date, null from i
      join loans l on l.item_id = i.id and l.status in (${HELD_STATUSES})
      union all select i.id, null, null, max(l.returned_on) from i
      join loans l on l.item_id = i.id and l.returned_on is not null group by i.id`,
    (rows) => ({
      booked: rows.flatMap(({ day }) => day ?? []),
      heldUntil: rows.find(({ heldUntil }) => heldUntil)?.heldUntil ?? null,
      lastReturn: rows.find(({ lastReturn }) => lastReturn)?.lastReturn ?? null,
    }),
  );

/** Columns of `occupationColumns`: the booked days next to a day, and the facts that no day bounds. */
export type OccupationAround = Omit<Occupation, 'booked'> & {
  /** The last booked day before the day. */
  takenBefore: Day | null;
  /** The first booked day from the day on. */
  takenFrom: Day | null;
};

/**
 * Columns of the occupation of an item around a day.
 * @param except the id of a loan that does not count; null for none
 */
export function occupationColumns(
  itemId: Sql,
  day: Sql,
  except: Sql | null,
): Sql {
  const notOf = (loanId: Sql) =>
    except ? sql`and ${loanId} <> ${except}` : empty;
  const booked = sql`from booked_days d where d.item_id = ${itemId} ${notOf(sql`d.loan_id`)}`;
  return sql`(select max(d.day) ${booked} and d.day < ${day}) as "takenBefore",
    (select min(d.day) ${booked} and d.day >= ${day}) as "takenFrom",
    (select max(h.due_date) from loans h where h.item_id = ${itemId} ${notOf(sql`h.id`)}
      and h.status in (${HELD_STATUSES})) as "heldUntil",
    (select max(r.returned_on) from loans r where r.item_id = ${itemId} ${notOf(sql`r.id`)}) as "lastReturn"`;
}

/** Occupation out of `occupationColumns`. */
export const toOccupation = ({
  takenBefore,
  takenFrom,
  heldUntil,
  lastReturn,
}: OccupationAround): Occupation => ({
  booked: [takenBefore, takenFrom].filter((day) => day !== null),
  heldUntil,
  lastReturn,
});
