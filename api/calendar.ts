import { DateTime, IANAZone, Interval } from 'luxon';

/** A day without a time, as `2026-05-01`. Days compare as texts do. */
export type Day = string;

/** Does the runtime know this IANA time zone? */
export const isTimeZone = (name: string): boolean =>
  IANAZone.isValidZone(name) && /^(UTC|[A-Z][\w+-]*\/[\w+/-]+)$/.test(name);

/** The day that it was in each time zone when it was last asked for; there are some hundreds of them. */
const cachedDays = new Map<string, { minute: number; day: Day }>();

/** Which day it is in a time zone at this moment. */
export function dayIn(timeZone: string, moment: Date): Day {
  // Days begin with a minute, wherever they do, and a list asks for the same one for every row.
  const minute = Math.floor(moment.getTime() / 60_000);
  const last = cachedDays.get(timeZone);
  if (last?.minute === minute) return last.day;
  const day = isoDay(DateTime.fromJSDate(moment, { zone: timeZone }));
  cachedDays.set(timeZone, { minute, day });
  return day;
}

/** Which hour of the day it is in a time zone at this moment: from 0 to 23. */
export const hourIn = (timeZone: string, moment: Date): number =>
  DateTime.fromJSDate(moment, { zone: timeZone }).hour;

/** A day as one says it, as `Thursday, November 26`. */
export const formatDay = (day: Day): string =>
  parse(day).setLocale('en-US').toFormat('cccc, LLLL d');

/** The day so many days later; earlier where the number is negative. */
export const addDays = (day: Day, days: number): Day =>
  isoDay(parse(day).plus({ days }));

/** How many days there are from the first to the last, both included; less than 1 if they are the wrong way round. */
export const countDays = (first: Day, last: Day): number =>
  Math.round(parse(last).diff(parse(first), 'days').days) + 1;

/** Every day from the first to the last, both included. */
export const eachDay = (first: Day, last: Day): Day[] =>
  Interval.fromDateTimes(parse(first), parse(last).plus({ days: 1 }))
    .splitBy({ days: 1 })
    .map(({ start }) => isoDay(start));

/** Days have no daylight saving in UTC, so that there every day is one day long. */
const parse = (day: Day): DateTime => DateTime.fromISO(day, { zone: 'utc' });

/** @throws where it is no day that exists: callers have checked it */
function isoDay(moment: DateTime | null): Day {
  const day = moment?.toISODate();
  if (!day) throw new Error('Not a day');
  return day;
}
