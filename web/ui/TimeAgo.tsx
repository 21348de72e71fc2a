import { formatOf } from '../languages/formats';
import { t } from '../languages/texts';

const UNITS = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['week', 7 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** Shows the time elapsed since a moment, and the exact moment on hover. */
export function TimeAgo({ at }: { at: string }) {
  const moment = new Date(at);
  const exact = formatOf(
    'moment',
    (tag) =>
      new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'short' }),
  );
  return (
    <time dateTime={at} title={exact.format(moment)}>
      {timeAgo(moment, new Date())}
    </time>
  );
}

/** Formats the time elapsed since a moment: "yesterday", "3 weeks ago". */
export function timeAgo(moment: Date, now: Date): string {
  const seconds = (now.getTime() - moment.getTime()) / 1000;
  const [unit, length] =
    UNITS.find(([, unitLength]) => seconds >= unitLength) ?? [];
  // A moment in the future is due to a fast clock on the server, and counts as now.
  if (unit == null || length == null) return t('ui.justNow');
  return formatElapsed(-Math.floor(seconds / length), unit);
}

/** Formats a distance in time, by a word of its own where the language has one: "tomorrow". */
export const formatElapsed = (
  count: number,
  unit: Intl.RelativeTimeFormatUnit,
): string =>
  formatOf(
    'elapsed',
    (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }),
  ).format(count, unit);
