import { Migration } from '@mikro-orm/migrations';

/** Adds the languages of users; null where they have not chosen one. */
export class Migration20261201100000 extends Migration {
  override up(): void {
    this.addSql('alter table "users" add column "language" varchar(10) null;');
  }
}
