import { Migration } from '@mikro-orm/migrations';

/** People, their sessions and their recipes. */
export class Migration20261122000000 extends Migration {
  override up(): void {
    this.addSql(
      'create table `users` (`id` text not null, `username` text not null, `username_key` text not null, `name` text not null, `about` text not null, `password_hash` text not null, `created_at` datetime not null, primary key (`id`));',
    );
    this.addSql(
      'create unique index `users_username_key_unique` on `users` (`username_key`);',
    );

    this.addSql(
      'create table `sessions` (`id` text not null, `user_id` text not null, `secret_hash` text not null, `user_agent` text not null, `created_at` datetime not null, `last_used_at` datetime not null, `expires_at` datetime not null, `revoked_at` datetime null, constraint `sessions_user_id_foreign` foreign key(`user_id`) references `users`(`id`) on delete cascade on update cascade, primary key (`id`));',
    );
    this.addSql(
      'create index `sessions_user_id_index` on `sessions` (`user_id`);',
    );
    this.addSql(
      'create unique index `sessions_secret_hash_unique` on `sessions` (`secret_hash`);',
    );
    this.addSql(
      'create index `sessions_revoked_at_index` on `sessions` (`revoked_at`);',
    );

    this.addSql(
      'create table `recipes` (`id` text not null, `author_id` text not null, `title` text not null, `instructions` text not null, `minutes_to_complete` integer not null, `created_at` datetime not null, `updated_at` datetime not null, constraint `recipes_author_id_foreign` foreign key(`author_id`) references `users`(`id`) on update cascade, primary key (`id`));',
    );
    this.addSql(
      'create index `recipes_author_id_index` on `recipes` (`author_id`);',
    );
  }
}
