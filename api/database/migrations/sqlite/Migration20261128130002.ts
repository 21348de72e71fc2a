import { Migration } from '@mikro-orm/migrations';

/** Adds the outcome of damage, the last steps of loans, and when owners and borrowers were told of late returns. */
export class Migration20261128130002 extends Migration {
  override up(): void {
    this.addSql('alter table `loans` add column `agreement` text null;');
    this.addSql('alter table `loans` add column `reminded_at` datetime null;');
    this.addSql(
      'alter table `loans` add column `late_notified_at` datetime null;',
    );
    this.addSql(
      'create table `undo_steps` (`loan_id` text not null, `step_loan_id` text not null, `actor_id` text not null, `version` integer not null, `status` text not null, `due_date` text not null, `extension_id` text null, `item_status` text null, `first_day` text null, `last_day` text null, `free_from` text null, `free_to` text null, `created_at` datetime not null, constraint `undo_steps_loan_id_foreign` foreign key(`loan_id`) references `loans`(`id`) on delete cascade on update cascade, constraint `undo_steps_step_loan_id_foreign` foreign key(`step_loan_id`) references `loans`(`id`) on delete cascade on update cascade, primary key (`loan_id`));',
    );
    this.addSql(
      'create index `undo_steps_loan_id_index` on `undo_steps` (`loan_id`);',
    );
    this.addSql(
      'create index `undo_steps_step_loan_id_index` on `undo_steps` (`step_loan_id`);',
    );
    this.addSql(
      'create index `undo_steps_created_at_index` on `undo_steps` (`created_at`);',
    );
  }
}
