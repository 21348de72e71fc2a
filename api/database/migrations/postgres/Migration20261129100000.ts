import { Migration } from '@mikro-orm/migrations';
import { changePostgresIndexes, OF_STATEMENTS } from '../indexes';

/** Adds indexes, so that no statement reads rows that do not concern it, and drops those that are part of another. */
export class Migration20261129100000 extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): Promise<void> {
    return changePostgresIndexes(this, OF_STATEMENTS, [
      'memberships_neighborhood_id_status_index',
      'loans_status_start_date_index',
      'blocks_blocked_id_index',
    ]);
  }
}
