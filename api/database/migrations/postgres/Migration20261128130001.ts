import { Migration } from '@mikro-orm/migrations';

/** Adds the reason of extensions that the system declined. */
export class Migration20261128130001 extends Migration {
  override up(): void {
    this.addSql('alter table extensions add column reason text null;');
  }
}
