import { Migration } from '@mikro-orm/migrations';
import { foldRows, SEARCHED } from '../foldRows';

/** Folds all texts again: vowel signs and voicing marks are no longer dropped. Triggers update the index. */
export class Migration20261128170001 extends Migration {
  override async up(): Promise<void> {
    for (const [table, , columns] of SEARCHED)
      await foldRows(
        (sql, parameters) => this.execute(sql, parameters),
        'sqlite',
        table,
        columns,
      );
  }
}
