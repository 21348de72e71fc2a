import { Migration } from '@mikro-orm/migrations';

/** Makes unread notifications about the same one, and lets notifications be withdrawn. */
export class Migration20261128110100 extends Migration {
  override up(): void {
    this.addSql('alter table `notifications` add column `topic` text null;');
    this.addSql(
      'alter table `notifications` add column `count` integer not null default 1;',
    );
    this.addSql(
      'alter table `notifications` add column `withdrawn_at` datetime null;',
    );
    this.addSql(
      'create unique index notifications_topic_unique on notifications (recipient_id, topic) where read_at is null and withdrawn_at is null;',
    );
    this.addSql(
      'create index notifications_withdrawn_index on notifications (withdrawn_at) where withdrawn_at is not null;',
    );
  }
}
