import { Migration } from '@mikro-orm/migrations';

/** Adds secret addresses for calendar apps, and when loans were approved. */
export class Migration20261130110000 extends Migration {
  override up(): void {
    this.addSql(
      'create table "calendar_feeds" ("user_id" uuid not null, "hash" varchar(255) not null, "created_at" timestamptz(3) not null, "last_read_at" timestamptz(3) null, constraint "calendar_feeds_pkey" primary key ("user_id"));',
    );
    this.addSql(
      'alter table "calendar_feeds" add constraint "calendar_feeds_hash_unique" unique ("hash");',
    );
    this.addSql(
      'alter table "calendar_feeds" add constraint "calendar_feeds_user_id_foreign" foreign key ("user_id") references "users" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      'alter table loans add column approved_at timestamptz(3) null;',
    );
    // Those that can still be called off, which calendars then show.
    this.addSql(
      "update loans set approved_at = updated_at where status = 'APPROVED';",
    );
  }
}
