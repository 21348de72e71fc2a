import { t } from '../languages/texts';
import { countDays } from './dates';

/** Formats minutes: `80` is "1 h 20 min", `2880` is "2 days". */
export function duration(total: number): string {
  const days = Math.floor(total / 1440);
  const time = timeOf(total % 1440);
  if (days === 0) return time;
  if (time === '') return countDays(days);
  return t('ui.daysTime', { days: countDays(days), time });
}

/** Formats less than a day; empty if it is nothing. */
function timeOf(total: number): string {
  const hours = Math.floor(total / 60);
  const minutes = total % 60;
  if (hours > 0 && minutes > 0) return t('ui.hoursMinutes', { hours, minutes });
  if (hours > 0) return t('ui.hours', { hours });
  return minutes > 0 ? t('ui.minutes', { minutes }) : '';
}
