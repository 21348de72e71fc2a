import { Migration } from '@mikro-orm/migrations';

/** Keeps with a block the names of the blocked user at that time. */
export class Migration20261128110000 extends Migration {
  override up(): void {
    this.addSql(
      `alter table blocks add column name varchar(255) null, add column username varchar(255) null;`,
    );
    this.addSql(
      `update blocks set name = u.name, username = u.username from users u where u.id = blocked_id and u.deleted_at is null;`,
    );
  }
}
