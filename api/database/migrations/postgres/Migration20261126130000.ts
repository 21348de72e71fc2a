import { Migration } from '@mikro-orm/migrations';

/** Adds indexes along which the export of an account reads the rows of a user. */
export class Migration20261126130000 extends Migration {
  override up(): void {
    this.addSql(`drop index recipes_author_id_index;`);
    this.addSql(
      `create index recipes_author_id_id_index on recipes (author_id, id);`,
    );
    this.addSql(
      `create index messages_author_id_id_index on messages (author_id, id);`,
    );
  }
}
