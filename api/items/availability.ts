import type DataLoader from 'dataloader';
import { addDays, dayIn, eachDay, type Day } from '../calendar';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import { HELD } from './items.reads';

/** When an item is not to be had. */
export type Occupation = {
  /** The promised days among those that were asked for, in order. */
  booked: Day[];
  /** Until when whoever has it now may keep it; null where nobody has it. */
  heldUntil: Day | null;
};

/** When items are not to be had within some days, by the items' ids. */
export type OccupationLoader = DataLoader<string, Occupation>;

/** When items are not to be had, for one request: one loader for each span that is asked for. */
export type OccupationLoaders = {
  /** The loader for the days from the first to the last. */
  during(from: Day, to: Day): OccupationLoader;
  /** Forgets what was read. */
  clearAll(): void;
};

/** Makes the loaders of one request. */
export function createOccupationLoaders(reads: Reads): OccupationLoaders {
  const loaders = new Map<string, OccupationLoader>();
  return {
    during(from, to) {
      const span = `${from} ${to}`;
      const loader =
        loaders.get(span) ?? createOccupationLoader(reads, from, to);
      loaders.set(span, loader);
      return loader;
    },
    clearAll() {
      loaders.clear();
    },
  };
}

const createOccupationLoader = (reads: Reads, from: Day, to: Day) =>
  createLoader<{ day: Day | null; heldUntil: Day | null }, Occupation>(
    reads,
    (places) =>
      `with i as (select id from items where id in (${places}))
      select i.id as key, b.day, null as "heldUntil" from i
      join booked_days b on b.item_id = i.id and b.day >= ? and b.day <= ?
      union all select i.id, null, l.due_date from i
      join loans l on l.item_id = i.id and l.${HELD}`,
    (rows) => ({
      booked: rows.flatMap(({ day }) => day ?? []).sort(),
      heldUntil: rows.find(({ heldUntil }) => heldUntil)?.heldUntil ?? null,
    }),
    [from, to],
  );

/** Wherever on earth it is, today is one of these. */
export function daysAroundToday(): [from: Day, to: Day] {
  const today = dayIn('UTC', new Date());
  return [addDays(today, -1), addDays(today, 1)];
}

/** Does nobody have it, and is it promised to nobody, on this day, which is today? */
export const isFreeToday = (
  { booked, heldUntil }: Occupation,
  today: Day,
): boolean => heldUntil === null && !booked.includes(today);

/**
 * The days from the first to the last on which it is not to be had. What is overdue is away until
 * today; what will be tomorrow, nobody knows.
 */
export function busyDays(
  { booked, heldUntil }: Occupation,
  from: Day,
  to: Day,
  today: Day,
): Day[] {
  if (heldUntil === null) return booked;
  const overdueSince = addDays(heldUntil, 1);
  const since = overdueSince < today ? overdueSince : today;
  const first = since > from ? since : from;
  const last = today < to ? today : to;
  if (first > last) return booked;
  return [...new Set([...booked, ...eachDay(first, last)])].sort();
}
