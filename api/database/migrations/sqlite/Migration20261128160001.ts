import { Migration } from '@mikro-orm/migrations';

/** Adds the note of a request to join, and when a user became a member. */
export class Migration20261128160001 extends Migration {
  override up(): void {
    this.addSql(
      "alter table memberships add column note text not null default '';",
    );
    this.addSql('alter table memberships add column joined_at datetime null;');
    this.addSql(
      "update memberships set joined_at = created_at where status not in ('PENDING', 'ENDED');",
    );
  }
}
