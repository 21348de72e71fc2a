import type { Migration } from '@mikro-orm/migrations';

/** Name of an index, and what it is on, as `loans (owner_id, status)`. */
type Index = readonly [name: string, on: string];

/** Indexes of Migration20261129100000: lists, jobs and conditions read rows of their own along them. */
export const OF_STATEMENTS: readonly Index[] = [
  [
    'memberships_neighborhood_id_status_id_index',
    'memberships (neighborhood_id, status, id)',
  ],
  [
    'memberships_neighborhood_id_role_status_index',
    'memberships (neighborhood_id, role, status)',
  ],
  ['loans_borrower_id_status_index', 'loans (borrower_id, status)'],
  ['loans_owner_id_status_index', 'loans (owner_id, status)'],
  ['loans_neighborhood_id_status_index', 'loans (neighborhood_id, status)'],
  ['loans_status_start_date_id_index', 'loans (status, start_date, id)'],
  ['loans_status_due_date_id_index', 'loans (status, due_date, id)'],
  ['loans_status_created_at_id_index', 'loans (status, created_at, id)'],
  ['neighborhoods_time_zone_index', 'neighborhoods (time_zone)'],
  [
    'neighborhoods_open_index',
    "neighborhoods (id) where join_policy <> 'INVITE_ONLY'",
  ],
  [
    'items_neighborhood_id_owner_id_status_id_index',
    'items (neighborhood_id, owner_id, status, id)',
  ],
  [
    'notifications_loan_id_created_at_index',
    'notifications (loan_id, created_at)',
  ],
  [
    'notifications_read_index',
    'notifications (created_at) where read_at is not null',
  ],
  ['reports_neighborhood_id_id_index', 'reports (neighborhood_id, id)'],
  ['reports_reporter_id_id_index', 'reports (reporter_id, id)'],
  ['reports_item_id_index', 'reports (item_id)'],
  ['sessions_expires_at_index', 'sessions (expires_at)'],
  ['reminder_mails_created_at_index', 'reminder_mails (created_at)'],
  ['photos_created_at_index', 'photos (created_at)'],
  ['blocks_blocked_id_blocker_id_index', 'blocks (blocked_id, blocker_id)'],
];

/** Indexes of Migration20261130110000 and of its second part on PostgreSQL: loans of a side by their last day. */
export const OF_CALENDARS: readonly Index[] = [
  ['loans_borrower_id_due_date_id_index', 'loans (borrower_id, due_date, id)'],
  ['loans_owner_id_due_date_id_index', 'loans (owner_id, due_date, id)'],
];

/** Adds indexes in SQLite, and drops others. */
export function changeSqliteIndexes(
  migration: Migration,
  added: readonly Index[],
  dropped: readonly string[],
): void {
  for (const [name, on] of added)
    migration.addSql(`create index if not exists ${name} on ${on}`);
  for (const name of dropped) migration.addSql(`drop index if exists ${name}`);
}

/**
 * Adds indexes in PostgreSQL, and drops others, while the tables are written. It can be repeated: an index
 * whose creation was interrupted is invalid and is created again.
 * @param migration without a transaction
 */
export async function changePostgresIndexes(
  migration: Migration,
  added: readonly Index[],
  dropped: readonly string[],
): Promise<void> {
  const invalid = await migration.execute(
    'select cast(indexrelid as regclass) as name from pg_index where not indisvalid',
  );
  const names = new Set(invalid.map(({ name }) => String(name)));
  for (const [name, on] of added) {
    if (names.has(name))
      migration.addSql(`drop index concurrently if exists ${name}`);
    migration.addSql(
      `create index concurrently if not exists ${name} on ${on}`,
    );
  }
  for (const name of dropped)
    migration.addSql(`drop index concurrently if exists ${name}`);
}
