import { Migration } from '@mikro-orm/migrations';
import { foldRows, SEARCHED } from '../foldRows';

/**
 * Indexes words that the API has folded, in the same way for both databases, and those of neighborhoods
 * too. PostgreSQL's parser is not asked: the words are the lexemes, with their positions.
 */
export class Migration20261128100000 extends Migration {
  override async up(): Promise<void> {
    await this.run(
      `create function search_vector(words text) returns tsvector language sql immutable strict parallel safe as $$ select cast(coalesce(string_agg('''' || word || ''':' || position, ' '), '') as tsvector) from unnest(string_to_array(words, ' ')) with ordinality as t (word, position) $$`,
    );
    for (const [table, name, columns] of SEARCHED) {
      const hasNeighborhood = table !== 'neighborhoods';
      await this.run(
        `alter table ${table} add column search_words text not null default ''`,
      );
      if (hasNeighborhood)
        await this.run(
          `drop trigger ${table}_words on ${table}`,
          `drop function keep_${name}_words()`,
          `drop table ${name}_words`,
        );
      await foldRows(
        (sql, parameters) => this.execute(sql, parameters),
        'postgres',
        table,
        columns,
      );
      await this.index(table, name, hasNeighborhood);
    }
    await this.run('drop function searchable(text)');
  }

  private async index(
    table: string,
    name: string,
    hasNeighborhood: boolean,
  ): Promise<void> {
    const words = (row: string) =>
      hasNeighborhood
        ? `array_to_tsvector(array['@' || ${row}.neighborhood_id]) || search_vector(${row}.search_words)`
        : `search_vector(${row}.search_words)`;
    const changed = hasNeighborhood
      ? 'neighborhood_id, search_words'
      : 'search_words';
    await this.run(
      `create table ${name}_words (${name}_id uuid primary key references ${table} (id) on delete cascade, words tsvector not null)`,
      `insert into ${name}_words (${name}_id, words) select t.id, ${words('t')} from ${table} t`,
      `create index ${name}_words_words_index on ${name}_words using gin (words)`,
      `create function keep_${name}_words() returns trigger language plpgsql as $$ begin insert into ${name}_words (${name}_id, words) values (new.id, ${words('new')}) on conflict (${name}_id) do update set words = excluded.words; return null; end $$`,
      `create trigger ${table}_words after insert or update of ${changed} on ${table} for each row execute function keep_${name}_words()`,
    );
  }

  private async run(...statements: string[]): Promise<void> {
    for (const statement of statements) await this.execute(statement);
  }
}
