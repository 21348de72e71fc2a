import { formatOf } from '../languages/formats';
import { formatElapsed } from './TimeAgo';

// Days are texts such as `2026-05-01`, in the neighborhood's own time zone. They are counted in UTC,
// where every day has 24 hours, so that daylight saving time cannot shift one.

const LENGTH = 24 * 60 * 60 * 1000;

const FORMATS = {
  short: { weekday: 'short', month: 'short', day: 'numeric' },
  withYear: { year: 'numeric', month: 'short', day: 'numeric' },
  full: { dateStyle: 'full' },
  range: { month: 'short', day: 'numeric' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatNamed = (name: keyof typeof FORMATS): Intl.DateTimeFormat =>
  formatOf(
    `day ${name}`,
    (tag) =>
      new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...FORMATS[name] }),
  );

const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** Tells whether a text is an existing day, as in `2026-05-01`: anything can be typed into the address bar. */
export function isDay(text: string | null | undefined): text is string {
  if (text == null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const start = startOf(text);
  return !Number.isNaN(start) && dayOf(start) === text;
}

/**
 * Returns the number of days from one day to another: 0 for the same day, negative if the other is
 * earlier.
 */
export function daysBetween(from: string, to: string): number {
  return Math.round((startOf(to) - startOf(from)) / LENGTH);
}

/** Returns the day that is a number of days later; earlier if it is negative. */
export function addDays(day: string, count: number): string {
  return dayOf(startOf(day) + count * LENGTH);
}

/** Lists the days from one to another, both included, in order. */
export function daysFrom(from: string, to: string): string[] {
  const count = Math.max(0, daysBetween(from, to) + 1);
  return Array.from({ length: count }, (_, index) => addDays(from, index));
}

/**
 * Formats a day: "Fri, May 1".
 * @param today in the neighborhood; adds the year to days of another year
 */
export function formatDay(day: string, today?: string): string {
  const isThisYear = today == null || day.slice(0, 4) === today.slice(0, 4);
  return formatNamed(isThisYear ? 'short' : 'withYear').format(startOf(day));
}

/** Formats a day in full, for screen readers: "Friday, May 1, 2026". */
export function formatFullDay(day: string): string {
  return formatNamed('full').format(startOf(day));
}

/**
 * Formats a day relative to today: "today", "tomorrow", "yesterday", otherwise as `formatDay`.
 * @param today in the neighborhood, never from the browser's clock
 */
export function relativeDay(day: string, today: string): string {
  const distance = daysBetween(today, day);
  return Math.abs(distance) <= 1
    ? formatElapsed(distance, 'day')
    : formatDay(day, today);
}

/**
 * Formats a range of days, both included, as short as possible: "May 1 – 4".
 * @param today in the neighborhood; adds the year to days of another year
 */
export function formatRange(from: string, to: string, today?: string): string {
  const isThisYear = [from, to].every(
    (day) => today == null || day.slice(0, 4) === today.slice(0, 4),
  );
  return (
    formatNamed(isThisYear ? 'range' : 'withYear')
      .formatRange(startOf(from), startOf(to))
      // Some browsers put narrow spaces around the dash.
      .replaceAll(/\s/gu, ' ')
  );
}

/** Groups ordered days into ranges without gaps, each from its first day to its last. */
export function rangesOf(
  days: readonly string[],
): { from: string; to: string }[] {
  const stretches: { from: string; to: string }[] = [];
  for (const day of days) {
    const last = stretches.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else stretches.push({ from: day, to: day });
  }
  return stretches;
}

/** Formats a number of days: "1 day", "3 days". */
export function countDays(count: number): string {
  return formatOf(
    'days',
    (tag) =>
      new Intl.NumberFormat(tag, {
        style: 'unit',
        unit: 'day',
        unitDisplay: 'long',
      }),
  ).format(count);
}

const dayOf = (start: number) => new Date(start).toISOString().slice(0, 10);
