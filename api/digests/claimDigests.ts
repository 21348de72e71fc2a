import { dayIn, hourIn, type Day } from '../calendar';
import type { EntityManager } from '../database/orm';
import type { Reads } from '../database/reads';
import { inTransaction } from '../database/transaction';
import { readTimeZones } from '../reminders/dueDates.reads';
import {
  claimNeighborhood,
  readUndigested,
  writeDigests,
} from './digests.reads';

/** Hours between which digests are claimed. */
const MORNING = { from: 8, before: 12 };
/** Number of neighborhoods read at once. */
const BATCH_SIZE = 200;

const DAY_MS = 24 * 60 * 60_000;
/** Period that a digest covers for users without an earlier one. */
const WEEK_MS = 7 * DAY_MS;
/** The digest of the Saturday before last still counts, whatever hour it was claimed at. */
const LAST_WITHIN_MS = 15 * DAY_MS;

/**
 * Claims the digests of all neighborhoods where it is Saturday morning: one for each user and week, whose date is
 * the same everywhere. It may run any number of times, and on several servers at once. Each neighborhood is claimed
 * in the transaction that writes its members' digests.
 * @param stopping ends it after the neighborhood under way
 */
export async function claimDigests(
  { em, reads }: { em: EntityManager; reads: Reads },
  now: Date,
  stopping: AbortSignal,
): Promise<void> {
  for (const timeZone of await readTimeZones(reads)) {
    const hour = hourIn(timeZone, now);
    const week = dayIn(timeZone, now);
    if (!isSaturday(week) || hour < MORNING.from || hour >= MORNING.before)
      continue;
    let ids: string[];
    do {
      ids = await readUndigested(reads, { timeZone, week }, BATCH_SIZE);
      for (const id of ids) {
        if (stopping.aborted) return;
        await claim(em, id, week, now);
      }
    } while (ids.length === BATCH_SIZE);
  }
}

const claim = (
  em: EntityManager,
  neighborhoodId: string,
  week: Day,
  now: Date,
): Promise<void> =>
  inTransaction(em, async (em) => {
    if (await claimNeighborhood(em, neighborhoodId, week))
      await writeDigests(em, {
        ...{ neighborhoodId, week, now },
        weekAgo: new Date(now.getTime() - WEEK_MS),
        lastAfter: new Date(now.getTime() - LAST_WITHIN_MS),
      });
  });

const isSaturday = (day: Day): boolean =>
  new Date(`${day}T00:00:00Z`).getUTCDay() === 6;
