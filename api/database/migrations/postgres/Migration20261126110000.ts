import { Migration } from '@mikro-orm/migrations';

/** E-mail: addresses, the tokens of links in mails, and who was reminded on which day. */
export class Migration20261126110000 extends Migration {
  override up(): void {
    this.addSql(
      'create table "one_time_tokens" ("hash" varchar(255) not null, "user_id" uuid not null, "purpose" varchar(255) not null, "email" varchar(255) not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, constraint "one_time_tokens_pkey" primary key ("hash"));',
    );
    this.addSql(
      'create index "one_time_tokens_user_id_index" on "one_time_tokens" ("user_id");',
    );
    this.addSql(
      'create index "one_time_tokens_expires_at_index" on "one_time_tokens" ("expires_at");',
    );
    this.addSql(
      'alter table "one_time_tokens" add constraint "one_time_tokens_user_id_foreign" foreign key ("user_id") references "users" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      'create table "reminder_mails" ("user_id" uuid not null, "day" varchar(10) not null, "created_at" timestamptz(3) not null, constraint "reminder_mails_pkey" primary key ("user_id", "day"));',
    );
    this.addSql(
      'alter table "reminder_mails" add constraint "reminder_mails_user_id_foreign" foreign key ("user_id") references "users" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      'alter table "users" add column "email" varchar(255) null, add column "email_key" varchar(255) null, add column "unverified_email" varchar(255) null, add column "reminders_by_email" boolean not null default true;',
    );
    this.addSql(
      'alter table "users" add constraint "users_email_key_unique" unique ("email_key");',
    );
  }
}
