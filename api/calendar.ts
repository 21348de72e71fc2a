import { DateTime, IANAZone } from 'luxon';

/** Day without a time, as `2026-05-01`. Days can be compared as strings. */
export type Day = string;

/** Tells whether the runtime knows this IANA time zone. */
export const isTimeZone = (name: string): boolean =>
  IANAZone.isValidZone(name) && /^(UTC|[A-Z][\w+-]*\/[\w+/-]+)$/.test(name);

/** Last answer of `dayIn` per time zone, of which there are some hundreds. */
const cachedDays = new Map<string, { minute: number; day: Day }>();

/** Returns the day of a moment in a time zone. */
export function dayIn(timeZone: string, moment: Date): Day {
  // Days begin at a full minute in every time zone, and a list asks for the same one for every row.
  const minute = Math.floor(moment.getTime() / 60_000);
  const last = cachedDays.get(timeZone);
  if (last?.minute === minute) return last.day;
  const day = isoDay(DateTime.fromJSDate(moment, { zone: timeZone }));
  cachedDays.set(timeZone, { minute, day });
  return day;
}

/** Returns the hour, from 0 to 23, of a moment in a time zone. */
export const hourIn = (timeZone: string, moment: Date): number =>
  DateTime.fromJSDate(moment, { zone: timeZone }).hour;

/** Returns the moment at which the day of a moment ends in a time zone. */
export const endOfDay = (timeZone: string, moment: Date): Date =>
  DateTime.fromJSDate(moment, { zone: timeZone })
    .plus({ days: 1 })
    .startOf('day')
    .toJSDate();

/** Adds a number of days, which may be negative. */
export const addDays = (day: Day, days: number): Day =>
  dayAt(startOf(day) + days * DAY_MS);

/** Counts the days from the first to the last, both included; less than 1 if they are reversed. */
export const countDays = (first: Day, last: Day): number =>
  (startOf(last) - startOf(first)) / DAY_MS + 1;

/** Lists the days from the first to the last, both included; none if they are reversed. */
export const eachDay = (first: Day, last: Day): Day[] =>
  Array.from({ length: Math.max(0, countDays(first, last)) }, (_, index) =>
    addDays(first, index),
  );

// Days are counted in UTC, where every day has 24 hours, and without luxon, as lists count days for
// every row.
const DAY_MS = 24 * 60 * 60 * 1000;
const startOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const dayAt = (start: number): Day =>
  new Date(start).toISOString().slice(0, 10);

/** @throws Error where the day does not exist, which callers have checked */
function isoDay(moment: DateTime): Day {
  const day = moment.toISODate();
  if (!day) throw new Error('Not a day');
  return day;
}
