import { Migration } from '@mikro-orm/migrations';
import { changePostgresIndexes } from '../indexes';

/** Finds the withdrawn notifications of a user. */
export class Migration20261129110001 extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): Promise<void> {
    return changePostgresIndexes(
      this,
      [
        [
          'notifications_recipient_withdrawn_index',
          'notifications (recipient_id, withdrawn_at) where withdrawn_at is not null',
        ],
      ],
      [],
    );
  }
}
