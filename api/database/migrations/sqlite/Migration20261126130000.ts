import { Migration } from '@mikro-orm/migrations';

/** An export walks along what somebody has written, however much it is. */
export class Migration20261126130000 extends Migration {
  override up(): void {
    this.addSql(
      'create index `recipes_author_id_id_index` on `recipes` (`author_id`, `id`);',
    );
    this.addSql(
      'create index `messages_author_id_id_index` on `messages` (`author_id`, `id`);',
    );
  }
}
