import { addDays, dayIn, type Day } from '../calendar';
import type { Reads } from '../database/reads';
import { existsByLookup, join, sql } from '../database/sql';

/** Days from the due date on which a borrower is reminded; negative ones are before it. */
const REMINDER_OFFSETS_DAYS = [-1, 0, 1, 3, 7, 14, 30];

/** Most items that one mail names. */
const MAX_ITEMS_PER_MAIL = 50;

/** The time zones of all neighborhoods, each found in the index after the one before. */
export async function readTimeZones(reads: Reads): Promise<string[]> {
  const rows = await reads.all<{ timeZone: string }>(
    sql`with recursive zones(zone) as (select min(time_zone) from neighborhoods
      union all select (select min(n.time_zone) from neighborhoods n where n.time_zone > zones.zone)
      from zones where zones.zone is not null)
    select zone as "timeZone" from zones where zone is not null`,
  );
  return rows.map(({ timeZone }) => timeZone);
}

/**
 * Reads the users to remind in neighborhoods of this time zone who have had no mail on this day. A
 * borrower who has claimed the return waits for the owner and is not reminded.
 * @param page the time zone, the current day there, the user to continue after, and the maximum number
 */
export async function readUsersToRemind(
  reads: Reads,
  {
    timeZone,
    today,
    after,
    most,
  }: { timeZone: string; today: Day; after: string; most: number },
): Promise<string[]> {
  const rows = await reads.all<{ userId: string }>(
    sql`select distinct l.borrower_id as "userId" from loans l
    join neighborhoods n on n.id = l.neighborhood_id
    join users u on u.id = l.borrower_id
    where l.status = 'ON_LOAN' and n.time_zone = ${timeZone}
      and l.due_date in (${join(REMINDER_OFFSETS_DAYS.map((days) => addDays(today, -days)))})
      and l.borrower_id > ${after} and u.email is not null and u.reminders_by_email
      and not ${existsByLookup(sql`from reminder_mails m where m.user_id = u.id and m.day = ${today}`)}
    order by l.borrower_id limit ${most}`,
  );
  return rows.map(({ userId }) => userId);
}

/** Recipient of a mail of reminders. */
export type ReminderRecipient = { userId: string; name: string; email: string };

/** Reads the recipient; null where mails are switched off by now, or there is no address. */
export async function readReminderRecipient(
  reads: Reads,
  userId: string,
): Promise<ReminderRecipient | null> {
  const [row] = await reads.all<ReminderRecipient>(
    sql`select id as "userId", name, email from users
    where id = ${userId} and email is not null and reminders_by_email`,
  );
  return row ?? null;
}

/** An item that is due tomorrow or earlier. */
export type DueItem = {
  loanId: string;
  title: string;
  ownerName: string;
  neighborhoodName: string;
  dueDate: Day;
  /** Current day in the neighborhood. */
  today: Day;
};

/** Reads a user's loans in all neighborhoods that are due by tomorrow there, the first due first. */
export async function readDueItems(
  reads: Reads,
  userId: string,
  now: Date,
): Promise<DueItem[]> {
  const rows = await reads.all<Omit<DueItem, 'today'> & { timeZone: string }>(
    sql`select l.id as "loanId", i.title, o.name as "ownerName", n.name as "neighborhoodName",
      l.due_date as "dueDate", n.time_zone as "timeZone" from loans l
    join items i on i.id = l.item_id
    join users o on o.id = l.owner_id
    join neighborhoods n on n.id = l.neighborhood_id
    where l.borrower_id = ${userId} and l.status = 'ON_LOAN' and l.due_date <= ${addDays(dayIn(EARLIEST_ZONE, now), 1)}
    order by l.due_date, l.id limit ${MAX_ITEMS_PER_MAIL}`,
  );
  return rows
    .map(({ timeZone, ...item }) => ({
      ...item,
      today: dayIn(timeZone, now),
    }))
    .filter(({ dueDate, today }) => dueDate <= addDays(today, 1));
}

/** Time zone in which a day begins first. */
const EARLIEST_ZONE = 'Pacific/Kiritimati';
