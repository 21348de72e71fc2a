import { Migration } from '@mikro-orm/migrations';

/** Searchable tables and the columns that hold their words. */
const SEARCHED = [
  ['items', 'item', ['title', 'description']],
  ['recipes', 'recipe', ['title', 'instructions']],
] as const;

/**
 * Words of items and recipes, in FTS5. A row there has a number and no text id, and the numbers
 * that SQLite gives by itself may change with VACUUM: so places hold them.
 */
export class Migration20261122130000 extends Migration {
  override up(): void {
    for (const [table, name, columns] of SEARCHED) {
      const place = `(select place from ${name}_places where ${name}_id = new.id)`;
      const entry = (row: string) =>
        `replace(${row}neighborhood_id, '-', ''), ${columns.map((column) => row + column).join(" || ' ' || ")}`;
      this.addSql(
        `create table ${name}_places (place integer primary key, ${name}_id text not null unique);`,
      );
      this.addSql(
        `create virtual table ${name}_words using fts5(neighborhood, words, content='', contentless_delete=1, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2');`,
      );
      this.addSql(
        `insert into ${name}_places (${name}_id) select id from ${table} order by id;`,
      );
      this.addSql(
        `insert into ${name}_words (rowid, neighborhood, words) select p.place, ${entry('t.')} from ${table} t join ${name}_places p on p.${name}_id = t.id;`,
      );
      this.addSql(
        `create trigger ${table}_words_insert after insert on ${table} begin insert into ${name}_places (${name}_id) values (new.id); insert into ${name}_words (rowid, neighborhood, words) values (${place}, ${entry('new.')}); end;`,
      );
      this.addSql(
        `create trigger ${table}_words_update after update of neighborhood_id, ${columns.join(', ')} on ${table} begin delete from ${name}_words where rowid = ${place}; insert into ${name}_words (rowid, neighborhood, words) values (${place}, ${entry('new.')}); end;`,
      );
      this.addSql(
        `create trigger ${table}_words_delete after delete on ${table} begin delete from ${name}_words where rowid = (select place from ${name}_places where ${name}_id = old.id); delete from ${name}_places where ${name}_id = old.id; end;`,
      );
    }
  }
}
