import { Migration } from '@mikro-orm/migrations';
import { foldRows, SEARCHED } from '../foldRows';

/**
 * Indexes words that the API has folded, in the same way for both databases, and those of neighborhoods
 * too. The tokenizer only splits them at spaces. Places stay as they are: they are the order of lists.
 */
export class Migration20261128100000 extends Migration {
  override async up(): Promise<void> {
    for (const [table, name, columns] of SEARCHED) {
      const isNew = table === 'neighborhoods';
      await this.run(
        `alter table ${table} add column search_words text not null default ''`,
      );
      await foldRows(
        (sql, parameters) => this.execute(sql, parameters),
        'sqlite',
        table,
        columns,
      );
      if (isNew)
        await this.run(
          `create table ${name}_places (place integer primary key, ${name}_id text not null unique)`,
          `insert into ${name}_places (${name}_id) select id from ${table} order by id`,
        );
      else
        await this.run(
          ...['insert', 'update', 'delete'].map(
            (event) => `drop trigger ${table}_words_${event}`,
          ),
          `drop table ${name}_words`,
        );
      await this.index(table, name, !isNew);
    }
  }

  private async index(
    table: string,
    name: string,
    hasNeighborhood: boolean,
  ): Promise<void> {
    const place = `(select place from ${name}_places where ${name}_id = new.id)`;
    const names = hasNeighborhood ? 'neighborhood, words' : 'words';
    const entry = (row: string) =>
      hasNeighborhood
        ? `replace(${row}.neighborhood_id, '-', ''), ${row}.search_words`
        : `${row}.search_words`;
    const changed = hasNeighborhood
      ? 'neighborhood_id, search_words'
      : 'search_words';
    await this.run(
      `create virtual table ${name}_words using fts5(${names}, content='', contentless_delete=1, prefix='1 2 3', tokenize="ascii tokenchars '+#$'")`,
      `insert into ${name}_words (rowid, ${names}) select p.place, ${entry('t')} from ${table} t join ${name}_places p on p.${name}_id = t.id`,
      `create trigger ${table}_words_insert after insert on ${table} begin insert into ${name}_places (${name}_id) values (new.id); insert into ${name}_words (rowid, ${names}) values (${place}, ${entry('new')}); end`,
      `create trigger ${table}_words_update after update of ${changed} on ${table} begin delete from ${name}_words where rowid = ${place}; insert into ${name}_words (rowid, ${names}) values (${place}, ${entry('new')}); end`,
      `create trigger ${table}_words_delete after delete on ${table} begin delete from ${name}_words where rowid = (select place from ${name}_places where ${name}_id = old.id); delete from ${name}_places where ${name}_id = old.id; end`,
    );
  }

  private async run(...statements: string[]): Promise<void> {
    for (const statement of statements) await this.execute(statement);
  }
}
