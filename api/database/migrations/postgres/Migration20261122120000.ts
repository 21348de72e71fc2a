import { Migration } from '@mikro-orm/migrations';
import { v7 as uuidv7 } from 'uuid';

/** Neighborhoods, and what neighbors do in them: items, loans, messages, notifications, reports. */
export class Migration20261122120000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      'create table "neighborhoods" ("id" uuid not null, "name" varchar(255) not null, "about" text not null, "time_zone" varchar(255) not null, "join_policy" varchar(255) not null, "created_at" timestamptz(3) not null, constraint "neighborhoods_pkey" primary key ("id"));',
    );
    this.addSql(
      'create table "photos" ("id" uuid not null, "uploader_id" uuid not null, "width" int not null, "height" int not null, "created_at" timestamptz(3) not null, constraint "photos_pkey" primary key ("id"));',
    );
    this.addSql(
      'create index "photos_uploader_id_index" on "photos" ("uploader_id");',
    );
    this.addSql(
      'create table "photo_files" ("photo_id" uuid not null, "size" varchar(255) not null, "bytes" bytea not null, constraint "photo_files_pkey" primary key ("photo_id", "size"));',
    );
    this.addSql(
      'create table "notifications" ("id" uuid not null, "recipient_id" uuid not null, "kind" varchar(255) not null, "actor_id" uuid null, "loan_id" uuid null, "message_id" uuid null, "report_id" uuid null, "neighborhood_id" uuid null, "created_at" timestamptz(3) not null, "read_at" timestamptz(3) null, constraint "notifications_pkey" primary key ("id"));',
    );
    this.addSql(
      'create index "notifications_recipient_id_id_index" on "notifications" ("recipient_id", "id");',
    );
    this.addSql(
      'create index "notifications_created_at_index" on "notifications" ("created_at");',
    );
    this.addSql(
      'create index notifications_unread_index on notifications (recipient_id) where read_at is null;',
    );
    this.addSql(
      'create table "memberships" ("id" uuid not null, "user_id" uuid not null, "neighborhood_id" uuid not null, "role" varchar(255) not null, "status" varchar(255) not null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, constraint "memberships_pkey" primary key ("id"));',
    );
    this.addSql(
      'create index "memberships_neighborhood_id_status_index" on "memberships" ("neighborhood_id", "status");',
    );
    this.addSql(
      'alter table "memberships" add constraint "memberships_user_id_neighborhood_id_unique" unique ("user_id", "neighborhood_id");',
    );
    this.addSql(
      'create table "items" ("id" uuid not null, "owner_id" uuid not null, "neighborhood_id" uuid not null, "title" varchar(255) not null, "description" text not null, "category" varchar(255) not null, "max_loan_days" int not null, "buffer_days" int not null, "pickup_note" text not null, "status" varchar(255) not null, "retired_reason" varchar(255) null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, constraint "items_pkey" primary key ("id"));',
    );
    this.addSql(
      'create index "items_neighborhood_id_status_id_index" on "items" ("neighborhood_id", "status", "id");',
    );
    this.addSql(
      'create index "items_neighborhood_id_status_category_id_index" on "items" ("neighborhood_id", "status", "category", "id");',
    );
    this.addSql(
      'create index "items_owner_id_id_index" on "items" ("owner_id", "id");',
    );
    this.addSql(
      'create table "loans" ("id" uuid not null, "item_id" uuid not null, "neighborhood_id" uuid not null, "borrower_id" uuid not null, "owner_id" uuid not null, "start_date" varchar(10) not null, "due_date" varchar(10) not null, "status" varchar(255) not null, "note" text not null, "reason" text null, "handed_over_at" timestamptz(3) null, "returned_at" timestamptz(3) null, "version" int not null default 1, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, constraint "loans_pkey" primary key ("id"));',
    );
    this.addSql(
      'create index "loans_borrower_id_id_index" on "loans" ("borrower_id", "id");',
    );
    this.addSql(
      'create index "loans_owner_id_id_index" on "loans" ("owner_id", "id");',
    );
    this.addSql(
      'create index "loans_status_start_date_index" on "loans" ("status", "start_date");',
    );
    this.addSql(
      'create index "loans_item_id_status_index" on "loans" ("item_id", "status");',
    );
    this.addSql(
      `create unique index loans_item_held_unique on loans (item_id) where status in ('ON_LOAN', 'RETURN_CLAIMED', 'DISPUTED');`,
    );
    this.addSql(
      'create table "messages" ("id" uuid not null, "loan_id" uuid not null, "author_id" uuid not null, "body" text not null, "created_at" timestamptz(3) not null, constraint "messages_pkey" primary key ("id"));',
    );
    this.addSql(
      'create index "messages_loan_id_id_index" on "messages" ("loan_id", "id");',
    );
    this.addSql(
      'create table "reports" ("id" uuid not null, "neighborhood_id" uuid not null, "reporter_id" uuid not null, "person_id" uuid not null, "item_id" uuid null, "message_id" uuid null, "reason" text not null, "status" varchar(255) not null, "resolution" text null, "resolved_by_id" uuid null, "created_at" timestamptz(3) not null, "resolved_at" timestamptz(3) null, constraint "reports_pkey" primary key ("id"));',
    );
    this.addSql(
      'create index "reports_message_id_index" on "reports" ("message_id");',
    );
    this.addSql(
      'create index "reports_neighborhood_id_status_id_index" on "reports" ("neighborhood_id", "status", "id");',
    );
    this.addSql(
      'create table "extensions" ("id" uuid not null, "loan_id" uuid not null, "new_due_date" varchar(10) not null, "note" text not null, "status" varchar(255) not null, "created_at" timestamptz(3) not null, "answered_at" timestamptz(3) null, constraint "extensions_pkey" primary key ("id"));',
    );
    this.addSql(
      'create index "extensions_loan_id_id_index" on "extensions" ("loan_id", "id");',
    );
    this.addSql(
      `create unique index extensions_loan_open_unique on extensions (loan_id) where status = 'REQUESTED';`,
    );
    this.addSql(
      'create table "item_photos" ("item_id" uuid not null, "position" int not null, "photo_id" uuid not null, constraint "item_photos_pkey" primary key ("item_id", "position"));',
    );
    this.addSql(
      'alter table "item_photos" add constraint "item_photos_photo_id_unique" unique ("photo_id");',
    );
    this.addSql(
      'create table "booked_days" ("item_id" uuid not null, "day" varchar(10) not null, "loan_id" uuid not null, constraint "booked_days_pkey" primary key ("item_id", "day"));',
    );
    this.addSql(
      'create index "booked_days_loan_id_index" on "booked_days" ("loan_id");',
    );
    this.addSql(
      'create table "invites" ("id" uuid not null, "neighborhood_id" uuid not null, "created_by_id" uuid not null, "expires_at" timestamptz(3) not null, "max_uses" int not null, "uses" int not null default 0, "revoked_at" timestamptz(3) null, "created_at" timestamptz(3) not null, constraint "invites_pkey" primary key ("id"));',
    );
    this.addSql(
      'create index "invites_neighborhood_id_index" on "invites" ("neighborhood_id");',
    );
    this.addSql(
      'create table "blocks" ("blocker_id" uuid not null, "blocked_id" uuid not null, "created_at" timestamptz(3) not null, constraint "blocks_pkey" primary key ("blocker_id", "blocked_id"));',
    );
    this.addSql(
      'create index "blocks_blocked_id_index" on "blocks" ("blocked_id");',
    );
    this.addSql(
      'alter table "photos" add constraint "photos_uploader_id_foreign" foreign key ("uploader_id") references "users" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "photo_files" add constraint "photo_files_photo_id_foreign" foreign key ("photo_id") references "photos" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      'alter table "notifications" add constraint "notifications_recipient_id_foreign" foreign key ("recipient_id") references "users" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "memberships" add constraint "memberships_user_id_foreign" foreign key ("user_id") references "users" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "memberships" add constraint "memberships_neighborhood_id_foreign" foreign key ("neighborhood_id") references "neighborhoods" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "items" add constraint "items_owner_id_foreign" foreign key ("owner_id") references "users" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "items" add constraint "items_neighborhood_id_foreign" foreign key ("neighborhood_id") references "neighborhoods" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "loans" add constraint "loans_item_id_foreign" foreign key ("item_id") references "items" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "loans" add constraint "loans_neighborhood_id_foreign" foreign key ("neighborhood_id") references "neighborhoods" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "loans" add constraint "loans_borrower_id_foreign" foreign key ("borrower_id") references "users" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "loans" add constraint "loans_owner_id_foreign" foreign key ("owner_id") references "users" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "messages" add constraint "messages_loan_id_foreign" foreign key ("loan_id") references "loans" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "messages" add constraint "messages_author_id_foreign" foreign key ("author_id") references "users" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "reports" add constraint "reports_neighborhood_id_foreign" foreign key ("neighborhood_id") references "neighborhoods" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "reports" add constraint "reports_reporter_id_foreign" foreign key ("reporter_id") references "users" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "reports" add constraint "reports_person_id_foreign" foreign key ("person_id") references "users" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "reports" add constraint "reports_item_id_foreign" foreign key ("item_id") references "items" ("id") on update cascade on delete set null;',
    );
    this.addSql(
      'alter table "reports" add constraint "reports_message_id_foreign" foreign key ("message_id") references "messages" ("id") on update cascade on delete set null;',
    );
    this.addSql(
      'alter table "reports" add constraint "reports_resolved_by_id_foreign" foreign key ("resolved_by_id") references "users" ("id") on update cascade on delete set null;',
    );
    this.addSql(
      'alter table "extensions" add constraint "extensions_loan_id_foreign" foreign key ("loan_id") references "loans" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "item_photos" add constraint "item_photos_item_id_foreign" foreign key ("item_id") references "items" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "item_photos" add constraint "item_photos_photo_id_foreign" foreign key ("photo_id") references "photos" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "booked_days" add constraint "booked_days_item_id_foreign" foreign key ("item_id") references "items" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "booked_days" add constraint "booked_days_loan_id_foreign" foreign key ("loan_id") references "loans" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "invites" add constraint "invites_neighborhood_id_foreign" foreign key ("neighborhood_id") references "neighborhoods" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "invites" add constraint "invites_created_by_id_foreign" foreign key ("created_by_id") references "users" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "blocks" add constraint "blocks_blocker_id_foreign" foreign key ("blocker_id") references "users" ("id") on update cascade;',
    );
    this.addSql(
      'alter table "blocks" add constraint "blocks_blocked_id_foreign" foreign key ("blocked_id") references "users" ("id") on update cascade;',
    );
    this.addSql(
      `alter table "users" add column "photo_id" uuid null, add column "address" text not null default '', add column "phone" varchar(255) not null default '';`,
    );
    this.addSql(
      `alter table "recipes" add column "neighborhood_id" uuid null, add column "tools" text not null default '';`,
    );
    await this.settle();
    this.addSql(
      'alter table "recipes" alter column "neighborhood_id" set not null;',
    );
    this.addSql(
      'alter table "recipes" add constraint "recipes_neighborhood_id_foreign" foreign key ("neighborhood_id") references "neighborhoods" ("id") on update cascade;',
    );
    this.addSql(
      'create index "recipes_neighborhood_id_id_index" on "recipes" ("neighborhood_id", "id");',
    );
  }

  /** Moves everything from before neighborhoods into one that has every user as a member. */
  private async settle(): Promise<void> {
    const recipes = await this.execute('select id from recipes limit 1');
    const people = await this.execute('select id from users order by id');
    if (recipes.length === 0) return;
    const neighborhood = uuidv7();
    const now = 'now()';
    this.addSql(
      `insert into neighborhoods (id, name, about, time_zone, join_policy, created_at) values ('${neighborhood}', 'Our neighborhood', '', 'UTC', 'APPROVAL', ${now})`,
    );
    for (const [index, { id }] of (people as { id: string }[]).entries())
      this.addSql(
        `insert into memberships (id, user_id, neighborhood_id, role, status, created_at, updated_at) values ('${uuidv7()}', '${id}', '${neighborhood}', '${index === 0 ? 'STEWARD' : 'MEMBER'}', 'ACTIVE', ${now}, ${now})`,
      );
    this.addSql(`update recipes set neighborhood_id = '${neighborhood}'`);
  }
}
