import { Migration } from '@mikro-orm/migrations';

/** Accounts can be deleted: the row stays, without anything that says whose it was. */
export class Migration20261126100000 extends Migration {
  override up(): void {
    this.addSql('alter table `users` add column `deleted_at` datetime null;');
  }
}
