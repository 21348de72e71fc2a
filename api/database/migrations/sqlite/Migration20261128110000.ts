import { Migration } from '@mikro-orm/migrations';

/** Keeps with a block the names of the blocked user at that time. */
export class Migration20261128110000 extends Migration {
  override up(): void {
    this.addSql('alter table `blocks` add column `name` text null;');
    this.addSql('alter table `blocks` add column `username` text null;');
    this.addSql(
      'update `blocks` set `name` = (select `name` from `users` where `id` = `blocked_id` and `deleted_at` is null), `username` = (select `username` from `users` where `id` = `blocked_id` and `deleted_at` is null);',
    );
  }
}
