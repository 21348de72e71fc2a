import { Migration } from '@mikro-orm/migrations';

/** Adds the outbox of notifications, and the settings for how they reach users. */
export class Migration20261130100000 extends Migration {
  override up(): void {
    this.addSql(
      'create table `topic_choices` (`user_id` text not null, `topic` text not null, `push` integer not null, `mail` integer not null, constraint `topic_choices_user_id_foreign` foreign key(`user_id`) references `users`(`id`) on delete cascade on update cascade, primary key (`user_id`, `topic`));',
    );
    this.addSql(
      'create table `push_devices` (`id` text not null, `user_id` text not null, `session_id` text not null, `endpoint` text not null, `p256dh` text not null, `auth` text not null, `created_at` datetime not null, `last_sent_at` datetime null, constraint `push_devices_user_id_foreign` foreign key(`user_id`) references `users`(`id`) on delete cascade on update cascade, constraint `push_devices_session_id_foreign` foreign key(`session_id`) references `sessions`(`id`) on delete cascade on update cascade, primary key (`id`));',
    );
    this.addSql(
      'create index `push_devices_user_id_index` on `push_devices` (`user_id`);',
    );
    this.addSql(
      'create index `push_devices_session_id_index` on `push_devices` (`session_id`);',
    );
    this.addSql(
      'create unique index `push_devices_endpoint_unique` on `push_devices` (`endpoint`);',
    );
    this.addSql(
      'create table `mail_pauses` (`user_id` text not null, `until` datetime not null, constraint `mail_pauses_user_id_foreign` foreign key(`user_id`) references `users`(`id`) on delete cascade on update cascade, primary key (`user_id`));',
    );
    this.addSql(
      'create table `deliveries` (`notification_id` text not null, `target_id` text not null, `channel` text not null, `topic` text not null, `recipient_id` text not null, `due_at` datetime not null, `attempts` integer not null default 0, `created_at` datetime not null, constraint `deliveries_recipient_id_foreign` foreign key(`recipient_id`) references `users`(`id`) on delete cascade on update cascade, primary key (`notification_id`, `target_id`));',
    );
    this.addSql(
      'create index `deliveries_recipient_id_index` on `deliveries` (`recipient_id`);',
    );
    this.addSql(
      'create index `deliveries_channel_due_at_index` on `deliveries` (`channel`, `due_at`);',
    );
    this.addSql(
      'alter table `users` add column `email_refused_at` datetime null;',
    );
    this.addSql(
      'alter table `users` add column `quiet_nights` integer not null default true;',
    );
    this.addSql(
      'alter table `users` add column `message_previews` integer not null default false;',
    );
  }
}
