import { Migration } from '@mikro-orm/migrations';
import { v7 as uuidv7 } from 'uuid';

/** Neighborhoods, and what neighbors do in them: items, loans, messages, notifications, reports. */
export class Migration20261122120000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      'create table `neighborhoods` (`id` text not null, `name` text not null, `about` text not null, `time_zone` text not null, `join_policy` text not null, `created_at` datetime not null, primary key (`id`));',
    );
    this.addSql(
      'create table `photos` (`id` text not null, `uploader_id` text not null, `width` integer not null, `height` integer not null, `created_at` datetime not null, constraint `photos_uploader_id_foreign` foreign key(`uploader_id`) references `users`(`id`) on update cascade, primary key (`id`));',
    );
    this.addSql(
      'create index `photos_uploader_id_index` on `photos` (`uploader_id`);',
    );
    this.addSql(
      'create table `photo_files` (`photo_id` text not null, `size` text not null, `bytes` blob not null, constraint `photo_files_photo_id_foreign` foreign key(`photo_id`) references `photos`(`id`) on delete cascade on update cascade, primary key (`photo_id`, `size`));',
    );
    this.addSql(
      'create index `photo_files_photo_id_index` on `photo_files` (`photo_id`);',
    );
    this.addSql(
      'create table `notifications` (`id` text not null, `recipient_id` text not null, `kind` text not null, `actor_id` text null, `loan_id` text null, `message_id` text null, `report_id` text null, `neighborhood_id` text null, `created_at` datetime not null, `read_at` datetime null, constraint `notifications_recipient_id_foreign` foreign key(`recipient_id`) references `users`(`id`) on update cascade, primary key (`id`));',
    );
    this.addSql(
      'create index `notifications_recipient_id_index` on `notifications` (`recipient_id`);',
    );
    this.addSql(
      'create index `notifications_recipient_id_id_index` on `notifications` (`recipient_id`, `id`);',
    );
    this.addSql(
      'create index `notifications_created_at_index` on `notifications` (`created_at`);',
    );
    this.addSql(
      'create index notifications_unread_index on notifications (recipient_id) where read_at is null;',
    );
    this.addSql(
      'create table `memberships` (`id` text not null, `user_id` text not null, `neighborhood_id` text not null, `role` text not null, `status` text not null, `created_at` datetime not null, `updated_at` datetime not null, constraint `memberships_user_id_foreign` foreign key(`user_id`) references `users`(`id`) on update cascade, constraint `memberships_neighborhood_id_foreign` foreign key(`neighborhood_id`) references `neighborhoods`(`id`) on update cascade, primary key (`id`));',
    );
    this.addSql(
      'create index `memberships_user_id_index` on `memberships` (`user_id`);',
    );
    this.addSql(
      'create index `memberships_neighborhood_id_index` on `memberships` (`neighborhood_id`);',
    );
    this.addSql(
      'create index `memberships_neighborhood_id_status_index` on `memberships` (`neighborhood_id`, `status`);',
    );
    this.addSql(
      'create unique index `memberships_user_id_neighborhood_id_unique` on `memberships` (`user_id`, `neighborhood_id`);',
    );
    this.addSql(
      'create table `items` (`id` text not null, `owner_id` text not null, `neighborhood_id` text not null, `title` text not null, `description` text not null, `category` text not null, `max_loan_days` integer not null, `buffer_days` integer not null, `pickup_note` text not null, `status` text not null, `retired_reason` text null, `created_at` datetime not null, `updated_at` datetime not null, constraint `items_owner_id_foreign` foreign key(`owner_id`) references `users`(`id`) on update cascade, constraint `items_neighborhood_id_foreign` foreign key(`neighborhood_id`) references `neighborhoods`(`id`) on update cascade, primary key (`id`));',
    );
    this.addSql('create index `items_owner_id_index` on `items` (`owner_id`);');
    this.addSql(
      'create index `items_neighborhood_id_index` on `items` (`neighborhood_id`);',
    );
    this.addSql(
      'create index `items_neighborhood_id_status_id_index` on `items` (`neighborhood_id`, `status`, `id`);',
    );
    this.addSql(
      'create index `items_neighborhood_id_status_category_id_index` on `items` (`neighborhood_id`, `status`, `category`, `id`);',
    );
    this.addSql(
      'create index `items_owner_id_id_index` on `items` (`owner_id`, `id`);',
    );
    this.addSql(
      'create table `loans` (`id` text not null, `item_id` text not null, `neighborhood_id` text not null, `borrower_id` text not null, `owner_id` text not null, `start_date` text not null, `due_date` text not null, `status` text not null, `note` text not null, `reason` text null, `handed_over_at` datetime null, `returned_at` datetime null, `version` integer not null default 1, `created_at` datetime not null, `updated_at` datetime not null, constraint `loans_item_id_foreign` foreign key(`item_id`) references `items`(`id`) on update cascade, constraint `loans_neighborhood_id_foreign` foreign key(`neighborhood_id`) references `neighborhoods`(`id`) on update cascade, constraint `loans_borrower_id_foreign` foreign key(`borrower_id`) references `users`(`id`) on update cascade, constraint `loans_owner_id_foreign` foreign key(`owner_id`) references `users`(`id`) on update cascade, primary key (`id`));',
    );
    this.addSql('create index `loans_item_id_index` on `loans` (`item_id`);');
    this.addSql(
      'create index `loans_neighborhood_id_index` on `loans` (`neighborhood_id`);',
    );
    this.addSql(
      'create index `loans_borrower_id_index` on `loans` (`borrower_id`);',
    );
    this.addSql('create index `loans_owner_id_index` on `loans` (`owner_id`);');
    this.addSql(
      'create index `loans_borrower_id_id_index` on `loans` (`borrower_id`, `id`);',
    );
    this.addSql(
      'create index `loans_owner_id_id_index` on `loans` (`owner_id`, `id`);',
    );
    this.addSql(
      'create index `loans_status_start_date_index` on `loans` (`status`, `start_date`);',
    );
    this.addSql(
      'create index `loans_item_id_status_index` on `loans` (`item_id`, `status`);',
    );
    this.addSql(
      `create unique index loans_item_held_unique on loans (item_id) where status in ('ON_LOAN', 'RETURN_CLAIMED', 'DISPUTED');`,
    );
    this.addSql(
      'create table `messages` (`id` text not null, `loan_id` text not null, `author_id` text not null, `body` text not null, `created_at` datetime not null, constraint `messages_loan_id_foreign` foreign key(`loan_id`) references `loans`(`id`) on update cascade, constraint `messages_author_id_foreign` foreign key(`author_id`) references `users`(`id`) on update cascade, primary key (`id`));',
    );
    this.addSql(
      'create index `messages_loan_id_index` on `messages` (`loan_id`);',
    );
    this.addSql(
      'create index `messages_author_id_index` on `messages` (`author_id`);',
    );
    this.addSql(
      'create index `messages_loan_id_id_index` on `messages` (`loan_id`, `id`);',
    );
    this.addSql(
      'create table `reports` (`id` text not null, `neighborhood_id` text not null, `reporter_id` text not null, `person_id` text not null, `item_id` text null, `message_id` text null, `reason` text not null, `status` text not null, `resolution` text null, `resolved_by_id` text null, `created_at` datetime not null, `resolved_at` datetime null, constraint `reports_neighborhood_id_foreign` foreign key(`neighborhood_id`) references `neighborhoods`(`id`) on update cascade, constraint `reports_reporter_id_foreign` foreign key(`reporter_id`) references `users`(`id`) on update cascade, constraint `reports_person_id_foreign` foreign key(`person_id`) references `users`(`id`) on update cascade, constraint `reports_item_id_foreign` foreign key(`item_id`) references `items`(`id`) on delete set null on update cascade, constraint `reports_message_id_foreign` foreign key(`message_id`) references `messages`(`id`) on delete set null on update cascade, constraint `reports_resolved_by_id_foreign` foreign key(`resolved_by_id`) references `users`(`id`) on delete set null on update cascade, primary key (`id`));',
    );
    this.addSql(
      'create index `reports_neighborhood_id_index` on `reports` (`neighborhood_id`);',
    );
    this.addSql(
      'create index `reports_reporter_id_index` on `reports` (`reporter_id`);',
    );
    this.addSql(
      'create index `reports_person_id_index` on `reports` (`person_id`);',
    );
    this.addSql(
      'create index `reports_item_id_index` on `reports` (`item_id`);',
    );
    this.addSql(
      'create index `reports_message_id_index` on `reports` (`message_id`);',
    );
    this.addSql(
      'create index `reports_resolved_by_id_index` on `reports` (`resolved_by_id`);',
    );
    this.addSql(
      'create index `reports_neighborhood_id_status_id_index` on `reports` (`neighborhood_id`, `status`, `id`);',
    );
    this.addSql(
      'create table `extensions` (`id` text not null, `loan_id` text not null, `new_due_date` text not null, `note` text not null, `status` text not null, `created_at` datetime not null, `answered_at` datetime null, constraint `extensions_loan_id_foreign` foreign key(`loan_id`) references `loans`(`id`) on update cascade, primary key (`id`));',
    );
    this.addSql(
      'create index `extensions_loan_id_index` on `extensions` (`loan_id`);',
    );
    this.addSql(
      'create index `extensions_loan_id_id_index` on `extensions` (`loan_id`, `id`);',
    );
    this.addSql(
      `create unique index extensions_loan_open_unique on extensions (loan_id) where status = 'REQUESTED';`,
    );
    this.addSql(
      'create table `item_photos` (`item_id` text not null, `position` integer not null, `photo_id` text not null, constraint `item_photos_item_id_foreign` foreign key(`item_id`) references `items`(`id`) on update cascade, constraint `item_photos_photo_id_foreign` foreign key(`photo_id`) references `photos`(`id`) on update cascade, primary key (`item_id`, `position`));',
    );
    this.addSql(
      'create index `item_photos_item_id_index` on `item_photos` (`item_id`);',
    );
    this.addSql(
      'create index `item_photos_photo_id_index` on `item_photos` (`photo_id`);',
    );
    this.addSql(
      'create unique index `item_photos_photo_id_unique` on `item_photos` (`photo_id`);',
    );
    this.addSql(
      'create table `booked_days` (`item_id` text not null, `day` text not null, `loan_id` text not null, constraint `booked_days_item_id_foreign` foreign key(`item_id`) references `items`(`id`) on update cascade, constraint `booked_days_loan_id_foreign` foreign key(`loan_id`) references `loans`(`id`) on update cascade, primary key (`item_id`, `day`));',
    );
    this.addSql(
      'create index `booked_days_item_id_index` on `booked_days` (`item_id`);',
    );
    this.addSql(
      'create index `booked_days_loan_id_index` on `booked_days` (`loan_id`);',
    );
    this.addSql(
      'create table `invites` (`id` text not null, `neighborhood_id` text not null, `created_by_id` text not null, `expires_at` datetime not null, `max_uses` integer not null, `uses` integer not null default 0, `revoked_at` datetime null, `created_at` datetime not null, constraint `invites_neighborhood_id_foreign` foreign key(`neighborhood_id`) references `neighborhoods`(`id`) on update cascade, constraint `invites_created_by_id_foreign` foreign key(`created_by_id`) references `users`(`id`) on update cascade, primary key (`id`));',
    );
    this.addSql(
      'create index `invites_neighborhood_id_index` on `invites` (`neighborhood_id`);',
    );
    this.addSql(
      'create index `invites_created_by_id_index` on `invites` (`created_by_id`);',
    );
    this.addSql(
      'create table `blocks` (`blocker_id` text not null, `blocked_id` text not null, `created_at` datetime not null, constraint `blocks_blocker_id_foreign` foreign key(`blocker_id`) references `users`(`id`) on update cascade, constraint `blocks_blocked_id_foreign` foreign key(`blocked_id`) references `users`(`id`) on update cascade, primary key (`blocker_id`, `blocked_id`));',
    );
    this.addSql(
      'create index `blocks_blocker_id_index` on `blocks` (`blocker_id`);',
    );
    this.addSql(
      'create index `blocks_blocked_id_index` on `blocks` (`blocked_id`);',
    );
    this.addSql('alter table `users` add column `photo_id` text null;');
    this.addSql(
      "alter table `users` add column `address` text not null default '';",
    );
    this.addSql(
      "alter table `users` add column `phone` text not null default '';",
    );
    this.addSql(
      'alter table `recipes` add column `neighborhood_id` text null;',
    );
    await this.settle();
    this.addSql(
      "create table `recipes_new` (`id` text not null, `author_id` text not null, `neighborhood_id` text not null, `title` text not null, `instructions` text not null, `minutes_to_complete` integer not null, `tools` text not null default '', `created_at` datetime not null, `updated_at` datetime not null, constraint `recipes_author_id_foreign` foreign key(`author_id`) references `users`(`id`) on update cascade, constraint `recipes_neighborhood_id_foreign` foreign key(`neighborhood_id`) references `neighborhoods`(`id`) on update cascade, primary key (`id`));",
    );
    this.addSql(
      'insert into `recipes_new` (`id`, `author_id`, `neighborhood_id`, `title`, `instructions`, `minutes_to_complete`, `created_at`, `updated_at`) select `id`, `author_id`, `neighborhood_id`, `title`, `instructions`, `minutes_to_complete`, `created_at`, `updated_at` from `recipes`;',
    );
    this.addSql('drop table `recipes`;');
    this.addSql('alter table `recipes_new` rename to `recipes`;');
    this.addSql(
      'create index `recipes_author_id_index` on `recipes` (`author_id`);',
    );
    this.addSql(
      'create index `recipes_neighborhood_id_index` on `recipes` (`neighborhood_id`);',
    );
    this.addSql(
      'create index `recipes_neighborhood_id_id_index` on `recipes` (`neighborhood_id`, `id`);',
    );
  }

  /** Moves everything from before neighborhoods into one that has every user as a member. */
  private async settle(): Promise<void> {
    const recipes = await this.execute('select id from recipes limit 1');
    const people = await this.execute('select id from users order by id');
    if (recipes.length === 0) return;
    const neighborhood = uuidv7();
    const now = Date.now();
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
