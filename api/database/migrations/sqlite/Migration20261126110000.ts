import { Migration } from '@mikro-orm/migrations';

/** E-mail: addresses, the tokens of links in mails, and who was reminded on which day. */
export class Migration20261126110000 extends Migration {
  override up(): void {
    this.addSql(
      'create table `one_time_tokens` (`hash` text not null, `user_id` text not null, `purpose` text not null, `email` text not null, `created_at` datetime not null, `expires_at` datetime not null, constraint `one_time_tokens_user_id_foreign` foreign key(`user_id`) references `users`(`id`) on delete cascade on update cascade, primary key (`hash`));',
    );
    this.addSql(
      'create index `one_time_tokens_user_id_index` on `one_time_tokens` (`user_id`);',
    );
    this.addSql(
      'create index `one_time_tokens_expires_at_index` on `one_time_tokens` (`expires_at`);',
    );
    this.addSql(
      'create table `reminder_mails` (`user_id` text not null, `day` text not null, `created_at` datetime not null, constraint `reminder_mails_user_id_foreign` foreign key(`user_id`) references `users`(`id`) on delete cascade on update cascade, primary key (`user_id`, `day`));',
    );
    this.addSql(
      'create index `reminder_mails_user_id_index` on `reminder_mails` (`user_id`);',
    );
    this.addSql('alter table `users` add column `email` text null;');
    this.addSql('alter table `users` add column `email_key` text null;');
    this.addSql('alter table `users` add column `unverified_email` text null;');
    this.addSql(
      'alter table `users` add column `reminders_by_email` integer not null default true;',
    );
    this.addSql(
      'create unique index `users_email_key_unique` on `users` (`email_key`);',
    );
  }
}
