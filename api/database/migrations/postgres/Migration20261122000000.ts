import { Migration } from '@mikro-orm/migrations';

/** People, their sessions and their recipes. */
export class Migration20261122000000 extends Migration {
  override up(): void {
    this.addSql(
      'create table "users" ("id" uuid not null, "username" varchar(255) not null, "username_key" varchar(255) not null, "name" varchar(255) not null, "about" text not null, "password_hash" varchar(255) not null, "created_at" timestamptz(3) not null, constraint "users_pkey" primary key ("id"));',
    );
    this.addSql(
      'alter table "users" add constraint "users_username_key_unique" unique ("username_key");',
    );

    this.addSql(
      'create table "sessions" ("id" uuid not null, "user_id" uuid not null, "secret_hash" varchar(255) not null, "user_agent" varchar(255) not null, "created_at" timestamptz(3) not null, "last_used_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "revoked_at" timestamptz(3) null, constraint "sessions_pkey" primary key ("id"));',
    );
    this.addSql(
      'create index "sessions_user_id_index" on "sessions" ("user_id");',
    );
    this.addSql(
      'alter table "sessions" add constraint "sessions_secret_hash_unique" unique ("secret_hash");',
    );
    this.addSql(
      'create index "sessions_revoked_at_index" on "sessions" ("revoked_at");',
    );

    this.addSql(
      'create table "recipes" ("id" uuid not null, "author_id" uuid not null, "title" varchar(255) not null, "instructions" text not null, "minutes_to_complete" int not null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, constraint "recipes_pkey" primary key ("id"));',
    );
    this.addSql(
      'create index "recipes_author_id_index" on "recipes" ("author_id");',
    );

    this.addSql(
      'alter table "sessions" add constraint "sessions_user_id_foreign" foreign key ("user_id") references "users" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      'alter table "recipes" add constraint "recipes_author_id_foreign" foreign key ("author_id") references "users" ("id") on update cascade;',
    );
  }
}
