import type DataLoader from 'dataloader';
import type { Day } from '../calendar';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import { literals, sql } from '../database/sql';
import { HELD_LOAN_STATUSES } from '../loanStatus';

const HELD_STATUSES = literals(HELD_LOAN_STATUSES);

/** Days on which an item is not available. */
export type Occupation = {
  /** Booked days within the span, in order. */
  booked: Day[];
  /** Due date of the loan that holds the item now; null where none does. */
  heldUntil: Day | null;
};

/** Days within a range on which items are not available, by the items' ids. */
export type OccupationLoader = DataLoader<string, Occupation>;

/** Creates the loader for one span of days, for one request. */
export const createOccupationLoader = (
  reads: Reads,
  from: Day,
  to: Day,
): OccupationLoader =>
  createLoader<{ day: Day | null; heldUntil: Day | null }, Occupation>(
    reads,
    (ids) =>
      sql`with i as (select id from items where id in (${ids}))
      select i.id as key, b.day, null as "heldUntil" from i
      join booked_days b on b.item_id = i.id and b.day >= ${from} and b.day <= ${to}
      union all select i.id, null, l.due_date from i
      join loans l on l.item_id = i.id and l.status in (${HELD_STATUSES})`,
    (rows) => ({
      booked: rows.flatMap(({ day }) => day ?? []).sort(),
      heldUntil: rows.find(({ heldUntil }) => heldUntil)?.heldUntil ?? null,
    }),
  );
