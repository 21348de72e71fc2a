import { Migration } from '@mikro-orm/migrations';
import { changeSqliteIndexes, OF_CALENDARS } from '../indexes';

/** Adds secret addresses for calendar apps, and when loans were approved; finds loans by their last day. */
export class Migration20261130110000 extends Migration {
  override up(): void {
    this.addSql(
      'create table `calendar_feeds` (`user_id` text not null, `hash` text not null, `created_at` datetime not null, `last_read_at` datetime null, constraint `calendar_feeds_user_id_foreign` foreign key(`user_id`) references `users`(`id`) on delete cascade on update cascade, primary key (`user_id`));',
    );
    this.addSql(
      'create unique index `calendar_feeds_hash_unique` on `calendar_feeds` (`hash`);',
    );
    this.addSql('alter table loans add column approved_at datetime null;');
    // Those that can still be called off, which calendars then show.
    this.addSql(
      "update loans set approved_at = updated_at where status = 'APPROVED';",
    );
    changeSqliteIndexes(this, OF_CALENDARS, []);
  }
}
