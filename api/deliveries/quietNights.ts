import { DateTime } from 'luxon';

/** Hours between which nothing leaves the app, in the time of the neighborhood. */
const NIGHT = { from: 22, until: 7 };

/**
 * Returns when the night is over.
 * @returns null during the day
 */
export function endOfNight(timeZone: string, now: Date): Date | null {
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  if (local.hour >= NIGHT.until && local.hour < NIGHT.from) return null;
  const day = local.hour < NIGHT.until ? local : local.plus({ days: 1 });
  return day.startOf('day').set({ hour: NIGHT.until }).toJSDate();
}
