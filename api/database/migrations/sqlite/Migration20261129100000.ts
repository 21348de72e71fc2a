import { Migration } from '@mikro-orm/migrations';
import { changeSqliteIndexes, OF_STATEMENTS } from '../indexes';

/** Indexes of single columns with which another index begins. SQLite chose them instead of the better ones. */
const DROPPED = [
  'memberships_neighborhood_id_status_index',
  'loans_status_start_date_index',
  'memberships_neighborhood_id_index',
  'memberships_user_id_index',
  'loans_item_id_index',
  'loans_neighborhood_id_index',
  'loans_borrower_id_index',
  'loans_owner_id_index',
  'items_owner_id_index',
  'items_neighborhood_id_index',
  'recipes_author_id_index',
  'recipes_neighborhood_id_index',
  'notifications_recipient_id_index',
  'reports_neighborhood_id_index',
  'reports_reporter_id_index',
  'messages_loan_id_index',
  'messages_author_id_index',
  'extensions_loan_id_index',
  'reminder_mails_user_id_index',
  'photo_files_photo_id_index',
  'blocks_blocker_id_index',
  'blocks_blocked_id_index',
  'item_photos_item_id_index',
  'item_photos_photo_id_index',
  'booked_days_item_id_index',
  'undo_steps_loan_id_index',
];

/** Adds indexes, so that no statement reads rows that do not concern it, and drops those that are part of another. */
export class Migration20261129100000 extends Migration {
  override up(): void {
    changeSqliteIndexes(this, OF_STATEMENTS, DROPPED);
  }
}
