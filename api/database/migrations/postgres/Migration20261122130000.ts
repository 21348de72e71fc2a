import { Migration } from '@mikro-orm/migrations';

/** Searchable tables and the columns that hold their words. */
const SEARCHED = [
  ['items', 'item', ['title', 'description']],
  ['recipes', 'recipe', ['title', 'instructions']],
] as const;

/** Accents. */
const MARKS = '[\\u0300-\\u036f]';
/** Separators of words in any script; the parser would keep `a/b` and `a.de` as one word. */
const BETWEEN =
  '[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u00d7\\u00f7\\u2000-\\u2bff\\u3000-\\u303f]+';

/** Words of items and recipes, as tsvector, with the neighborhood as one of them. */
export class Migration20261122130000 extends Migration {
  override up(): void {
    this.addSql(
      `create function searchable(text) returns text language sql immutable strict parallel safe as $$ select regexp_replace(regexp_replace(normalize($1, NFKD), '${MARKS}', '', 'g'), '${BETWEEN}', ' ', 'g') $$;`,
    );
    for (const [table, name, columns] of SEARCHED) {
      const words = (row: string) =>
        `array_to_tsvector(array['@' || ${row}neighborhood_id]) || to_tsvector('simple', searchable(${columns.map((column) => row + column).join(" || ' ' || ")}))`;
      this.addSql(
        `create table ${name}_words (${name}_id uuid primary key references ${table} (id) on delete cascade, words tsvector not null);`,
      );
      this.addSql(
        `insert into ${name}_words (${name}_id, words) select t.id, ${words('t.')} from ${table} t;`,
      );
      this.addSql(
        `create index ${name}_words_words_index on ${name}_words using gin (words);`,
      );
      this.addSql(
        `create function keep_${name}_words() returns trigger language plpgsql as $$ begin insert into ${name}_words (${name}_id, words) values (new.id, ${words('new.')}) on conflict (${name}_id) do update set words = excluded.words; return null; end $$;`,
      );
      this.addSql(
        `create trigger ${table}_words after insert or update of neighborhood_id, ${columns.join(', ')} on ${table} for each row execute function keep_${name}_words();`,
      );
    }
  }
}
