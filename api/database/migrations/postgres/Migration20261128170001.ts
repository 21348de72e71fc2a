import { Migration } from '@mikro-orm/migrations';
import { foldRows, SEARCHED } from '../foldRows';

/** Folds all texts again: vowel signs and voicing marks are no longer dropped. Triggers update the index. */
export class Migration20261128170001 extends Migration {
  override async up(): Promise<void> {
    for (const [table, , columns] of SEARCHED)
      await foldRows(
        (sql, parameters) => this.execute(sql, parameters),
        table,
        columns,
        `update ${table} set search_words = folded.value ->> 1 from json_array_elements(cast(? as json)) as folded where ${table}.id = cast(folded.value ->> 0 as uuid)`,
      );
  }
}
