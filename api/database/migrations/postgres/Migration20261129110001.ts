import { Migration } from '@mikro-orm/migrations';

/** Finds the withdrawn notifications of a user. */
export class Migration20261129110001 extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql(
      'create index concurrently if not exists notifications_recipient_withdrawn_index on notifications (recipient_id, withdrawn_at) where withdrawn_at is not null;',
    );
  }
}
