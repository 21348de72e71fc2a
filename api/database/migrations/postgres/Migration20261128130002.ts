import { Migration } from '@mikro-orm/migrations';

/** Adds the outcome of damage, the last steps of loans, and when owners and borrowers were told of late returns. */
export class Migration20261128130002 extends Migration {
  override up(): void {
    this.addSql(
      'alter table "loans" add column "agreement" text null, add column "reminded_at" timestamptz(3) null, add column "late_notified_at" timestamptz(3) null;',
    );
    this.addSql(
      'create table "undo_steps" ("loan_id" uuid not null, "step_loan_id" uuid not null, "actor_id" uuid not null, "version" int not null, "status" varchar(255) not null, "due_date" varchar(10) not null, "extension_id" uuid null, "item_status" varchar(255) null, "first_day" varchar(10) null, "last_day" varchar(10) null, "free_from" varchar(10) null, "free_to" varchar(10) null, "created_at" timestamptz(3) not null, constraint "undo_steps_pkey" primary key ("loan_id"));',
    );
    this.addSql(
      'create index "undo_steps_step_loan_id_index" on "undo_steps" ("step_loan_id");',
    );
    this.addSql(
      'create index "undo_steps_created_at_index" on "undo_steps" ("created_at");',
    );
    this.addSql(
      'alter table "undo_steps" add constraint "undo_steps_loan_id_foreign" foreign key ("loan_id") references "loans" ("id") on update cascade on delete cascade;',
    );
    this.addSql(
      'alter table "undo_steps" add constraint "undo_steps_step_loan_id_foreign" foreign key ("step_loan_id") references "loans" ("id") on update cascade on delete cascade;',
    );
  }
}
