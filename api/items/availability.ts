import { addDays, dayIn, eachDay, type Day } from '../calendar';
import type { Reads } from '../database/reads';
import { createOccupationLoader } from './occupation.reads';
import type { Occupation, OccupationLoader } from './occupation.reads';

/** Loaders of when items are not available, for one request: one for each span of days. */
export type OccupationLoaders = {
  /** The loader for the days from the first to the last. */
  during(from: Day, to: Day): OccupationLoader;
  /** Clears all loaders. */
  clearAll(): void;
};

/** Creates the loaders of one request. */
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

/** Returns days around now that contain today in every time zone. */
export function daysAroundToday(): [from: Day, to: Day] {
  const today = dayIn('UTC', new Date());
  return [addDays(today, -1), addDays(today, 1)];
}

/** Tells whether the item is neither lent nor booked today. */
export const isFreeToday = (
  { booked, heldUntil }: Occupation,
  today: Day,
): boolean => heldUntil === null && !booked.includes(today);

/**
 * Lists the days of a span on which the item is not available. An overdue item counts as lent until
 * today; later days are unknown.
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
