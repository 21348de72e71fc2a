// Days are texts such as `2026-05-01`, in the neighborhood's own time zone. They are counted
// in UTC, where every day has 24 hours, so that no change of clocks can move one.

const LENGTH = 24 * 60 * 60 * 1000;

// The language of the page, whatever the browser speaks: the sentences around it are English.
const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en', { timeZone: 'UTC', ...options });
const short = format({ weekday: 'short', month: 'short', day: 'numeric' });
const withYear = format({ dateStyle: 'medium' });
const full = format({ dateStyle: 'full' });
const range = format({ month: 'short', day: 'numeric' });

const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** Tells whether a text is an existing day, as in `2026-05-01`: anything can be typed into the address bar. */
export function isDay(text: string | null | undefined): text is string {
  if (text == null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const start = startOf(text);
  return !Number.isNaN(start) && dayOf(start) === text;
}

/** How many days it is from one day to another: 0 for the same day, negative if it is over. */
export function daysBetween(from: string, to: string): number {
  return Math.round((startOf(to) - startOf(from)) / LENGTH);
}

/** The day so many days later; earlier if the number is negative. */
export function addDays(day: string, count: number): string {
  return dayOf(startOf(day) + count * LENGTH);
}

/** Every day from one to another, both included, in order. */
export function daysFrom(from: string, to: string): string[] {
  const count = Math.max(0, daysBetween(from, to) + 1);
  return Array.from({ length: count }, (_, index) => addDays(from, index));
}

/**
 * A day as people write it: "Fri, May 1".
 * @param today in the neighborhood; a day of another year is then said with its year
 */
export function formatDay(day: string, today?: string): string {
  const isThisYear = today == null || day.slice(0, 4) === today.slice(0, 4);
  return (isThisYear ? short : withYear).format(startOf(day));
}

/** A day in full, as a screen reader says it: "Friday, May 1, 2026". */
export function formatFullDay(day: string): string {
  return full.format(startOf(day));
}

/**
 * A day as people say it when it is near: "today", "tomorrow", "yesterday", otherwise as
 * `formatDay`.
 * @param today in the neighborhood, never from the browser's clock
 */
export function relativeDay(day: string, today: string): string {
  switch (daysBetween(today, day)) {
    case 0:
      return 'today';
    case 1:
      return 'tomorrow';
    case -1:
      return 'yesterday';
    default:
      return formatDay(day, today);
  }
}

/**
 * From one day to another, both included, as short as it can be said: "May 1 – 4".
 * @param today in the neighborhood; days of another year are then said with their year
 */
export function formatRange(from: string, to: string, today?: string): string {
  const isThisYear = [from, to].every(
    (day) => today == null || day.slice(0, 4) === today.slice(0, 4),
  );
  return (
    (isThisYear ? range : withYear)
      .formatRange(startOf(from), startOf(to))
      // Some browsers put narrow spaces around the dash.
      .replaceAll(/\s/gu, ' ')
  );
}

/** Days in order as stretches without a gap, each from its first day to its last. */
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

/** A number of days as people say it: "1 day", "3 days". */
export function countDays(count: number): string {
  return `${count} ${count === 1 ? 'day' : 'days'}`;
}

const dayOf = (start: number) => new Date(start).toISOString().slice(0, 10);
