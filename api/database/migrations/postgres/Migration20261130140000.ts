import { Migration } from '@mikro-orm/migrations';

/** Adds the weekly digests of users, and the Saturday on which those of a neighborhood were claimed. */
export class Migration20261130140000 extends Migration {
  override up(): void {
    this.addSql(
      'create table "digests" ("user_id" uuid not null, "week" varchar(10) not null, "since" timestamptz(3) not null, "until" timestamptz(3) not null, "due_at" timestamptz(3) null, "attempts" int not null default 0, constraint "digests_pkey" primary key ("user_id"));',
    );
    this.addSql('create index "digests_due_at_index" on "digests" ("due_at");');
    this.addSql(
      'alter table "digests" add constraint "digests_user_id_foreign" foreign key ("user_id") references "users" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      `alter table "neighborhoods" add column "digested_on" varchar(10) not null default '';`,
    );
    this.addSql(
      'create index "neighborhoods_time_zone_digested_on_index" on "neighborhoods" ("time_zone", "digested_on");',
    );
    this.addSql('drop index "neighborhoods_time_zone_index";');
  }
}
