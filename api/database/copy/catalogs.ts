import type { Query } from './query';
import type { Catalog } from './tables';

/** Table of migrations, which each database has of its own. */
export const MIGRATIONS = 'mikro_orm_migrations';

/** Table that exists in PostgreSQL while a copy into it is not complete. */
export const UNFINISHED = 'unfinished_copy';

/** Finds the tables that triggers insert into, in their source. */
const INSERTED = /\binsert\s+into\s+["`]?(\w+)/gi;

const insertedBy = (source: string) =>
  [...source.matchAll(INSERTED)].map(([, name = '']) => name);

type ColumnRow = {
  table: string;
  name: string;
  type: string;
  filled: number | boolean;
  counted: number | boolean;
};
type NameRow = { table: string; name: string };

/** Reads what SQLite says about its tables. */
export async function sqliteCatalog(query: Query): Promise<Catalog> {
  const tables = await query<{ name: string; type: string }>(
    `select name, type from pragma_table_list where schema = 'main' and type <> 'view'
    and name not like 'sqlite\\_%' escape '\\' and name <> ?`,
    [MIGRATIONS],
  );
  const columns = await query<ColumnRow & { pk: number }>(
    `select t.name as "table", c.name, c.type, c.pk, c.dflt_value is not null or c.hidden > 1 as filled, false as counted
    from pragma_table_list t, pragma_table_xinfo(t.name) c where t.schema = 'main'`,
  );
  const triggers = await query<{ sql: string }>(
    `select sql from sqlite_master where type = 'trigger'`,
  );
  return {
    tables: tables.map(({ name }) => {
      const own = columns.filter(({ table }) => table === name);
      return {
        name,
        columns: own.map(toColumn),
        key: own
          .filter(({ pk }) => pk > 0)
          .sort((a, b) => a.pk - b.pk)
          .map((column) => column.name),
        // Foreign keys are checked when all tables are filled.
        references: [],
      };
    }),
    derived: new Set([
      ...tables.filter(({ type }) => type !== 'table').map(({ name }) => name),
      ...triggers.flatMap(({ sql }) => insertedBy(sql)),
    ]),
  };
}

/** Reads what PostgreSQL says about the tables of the schema in use, without those of extensions. */
export async function postgresCatalog(query: Query): Promise<Catalog> {
  const tables = (await tablesOfPostgres(query)).filter(
    (name) => ![MIGRATIONS, UNFINISHED].includes(name),
  );
  const columns = await query<ColumnRow>(
    `select c.relname as "table", a.attname as name, t.typname as type, a.atthasdef or a.attidentity <> '' as filled,
      pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null as counted
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`,
  );
  const keys = await query<NameRow>(
    `select c.relname as "table", a.attname as name
    from pg_constraint p join pg_class c on c.oid = p.conrelid
    cross join unnest(p.conkey) with ordinality as k (number, place)
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
    where p.contype = 'p' and c.relnamespace = current_schema()::regnamespace order by k.place`,
  );
  const references = await query<NameRow>(
    `select c.relname as "table", f.relname as name
    from pg_constraint p join pg_class c on c.oid = p.conrelid join pg_class f on f.oid = p.confrelid
    where p.contype = 'f' and c.relnamespace = current_schema()::regnamespace`,
  );
  const of = (name: string, rows: NameRow[]) =>
    rows.filter(({ table }) => table === name).map((row) => row.name);
  return {
    tables: tables.map((name) => ({
      name,
      columns: columns.filter(({ table }) => table === name).map(toColumn),
      key: of(name, keys),
      references: of(name, references),
    })),
    derived: new Set(
      (await triggersOfPostgres(query)).flatMap(({ fills }) => fills),
    ),
  };
}

/** Lists the tables of the schema in use, without those of extensions. */
export async function tablesOfPostgres(query: Query): Promise<string[]> {
  const tables = await query<{ name: string }>(
    `select relname as name from pg_class c
    where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace
    and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by relname`,
  );
  return tables.map(({ name }) => name);
}

/** Lists the triggers of PostgreSQL with the tables that each fills. */
export async function triggersOfPostgres(
  query: Query,
): Promise<(NameRow & { fills: string[] })[]> {
  const triggers = await query<NameRow & { source: string }>(
    `select c.relname as "table", t.tgname as name, p.prosrc as source
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
    where not t.tgisinternal and c.relnamespace = current_schema()::regnamespace`,
  );
  return triggers.map(({ source, ...trigger }) => ({
    ...trigger,
    fills: insertedBy(source),
  }));
}

const toColumn = ({ name, type, filled, counted }: ColumnRow) => ({
  name,
  type,
  isFilled: Boolean(filled),
  isCounted: Boolean(counted),
});
