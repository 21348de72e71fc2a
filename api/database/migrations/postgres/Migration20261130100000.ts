import { Migration } from '@mikro-orm/migrations';

/** Adds the outbox of notifications, and the settings for how they reach users. */
export class Migration20261130100000 extends Migration {
  override up(): void {
    this.addSql(
      'create table "topic_choices" ("user_id" uuid not null, "topic" varchar(255) not null, "push" boolean not null, "mail" boolean not null, constraint "topic_choices_pkey" primary key ("user_id", "topic"));',
    );
    this.addSql(
      'create table "push_devices" ("id" uuid not null, "user_id" uuid not null, "session_id" uuid not null, "endpoint" varchar(1000) not null, "p256dh" varchar(255) not null, "auth" varchar(255) not null, "created_at" timestamptz(3) not null, "last_sent_at" timestamptz(3) null, constraint "push_devices_pkey" primary key ("id"));',
    );
    this.addSql(
      'create index "push_devices_user_id_index" on "push_devices" ("user_id");',
    );
    this.addSql(
      'create index "push_devices_session_id_index" on "push_devices" ("session_id");',
    );
    this.addSql(
      'alter table "push_devices" add constraint "push_devices_endpoint_unique" unique ("endpoint");',
    );
    this.addSql(
      'create table "mail_pauses" ("user_id" uuid not null, "until" timestamptz(3) not null, constraint "mail_pauses_pkey" primary key ("user_id"));',
    );
    this.addSql(
      'create table "deliveries" ("notification_id" uuid not null, "target_id" uuid not null, "channel" varchar(255) not null, "topic" varchar(255) not null, "recipient_id" uuid not null, "due_at" timestamptz(3) not null, "attempts" int not null default 0, "created_at" timestamptz(3) not null, constraint "deliveries_pkey" primary key ("notification_id", "target_id"));',
    );
    this.addSql(
      'create index "deliveries_recipient_id_index" on "deliveries" ("recipient_id");',
    );
    this.addSql(
      'create index "deliveries_channel_due_at_index" on "deliveries" ("channel", "due_at");',
    );
    this.addSql(
      'alter table "topic_choices" add constraint "topic_choices_user_id_foreign" foreign key ("user_id") references "users" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      'alter table "push_devices" add constraint "push_devices_user_id_foreign" foreign key ("user_id") references "users" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      'alter table "push_devices" add constraint "push_devices_session_id_foreign" foreign key ("session_id") references "sessions" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      'alter table "mail_pauses" add constraint "mail_pauses_user_id_foreign" foreign key ("user_id") references "users" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      'alter table "deliveries" add constraint "deliveries_recipient_id_foreign" foreign key ("recipient_id") references "users" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      'alter table "users" add column "email_refused_at" timestamptz(3) null, add column "quiet_nights" boolean not null default true, add column "message_previews" boolean not null default false;',
    );
  }
}
