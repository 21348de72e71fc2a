import { connect, type Orm } from '../orm';
import { entities } from '../../entities';
import { endsWithTest } from '../../testing/cleanUp';
import { migratedDatabase, type DatabaseName } from '../../testing/databases';
import { postgresCatalog, sqliteCatalog } from './catalogs';
import { queryOf } from './query';
import { readDatabase } from './sqliteFiles';
import { sqliteFile } from '../orm';
import { matchTables, type Catalog, type CatalogTable } from './tables';

async function open(database: DatabaseName): Promise<Orm> {
  const orm = await connect(await migratedDatabase(database), entities);
  endsWithTest(() => orm.close());
  return orm;
}

async function catalogs() {
  const orm = await open('postgres');
  const location = await migratedDatabase('sqlite');
  return {
    orm,
    sqlite: await readDatabase(sqliteFile(location) ?? '', sqliteCatalog),
    postgres: await postgresCatalog(queryOf(orm.em.getConnection().getKnex())),
  };
}

/** Describes a table with columns of these types; `id` is its key. */
const table = (
  name: string,
  columns: Record<string, string>,
  more: Partial<CatalogTable> & {
    filled?: string;
    counted?: string;
  } = {},
): CatalogTable => ({
  name,
  columns: Object.entries({ id: 'uuid', ...columns }).map(([column, type]) => ({
    name: column,
    type,
    isFilled: column === more.filled,
    isCounted: column === more.counted,
  })),
  key: more.key ?? ['id'],
  references: more.references ?? [],
});

const catalog = (tables: CatalogTable[], derived: string[] = []): Catalog => ({
  tables,
  derived: new Set(derived),
});

describe('the tables that are copied', () => {
  it('every column of every entity is copied between the databases', async () => {
    const { orm, sqlite, postgres } = await catalogs();

    const copied = matchTables(sqlite, postgres).flatMap(({ name, columns }) =>
      columns.map((column) => `${name}.${column.name}`),
    );

    const columns = Object.values(orm.getMetadata().getAll()).flatMap(
      ({ tableName, props }) =>
        props.flatMap(({ fieldNames }) =>
          (fieldNames ?? []).map((column) => `${tableName}.${column}`),
        ),
    );
    expect(columns.length).toBeGreaterThan(100);
    expect(columns.filter((column) => !copied.includes(column))).toEqual([]);
  });

  it('nothing but search indexes and the places of their rows is left to triggers', async () => {
    const { sqlite, postgres } = await catalogs();

    expect(
      [...sqlite.derived, ...postgres.derived].filter(
        (name) => !/^(item|recipe|neighborhood)_(words|places)/.test(name),
      ),
    ).toEqual([]);
  });

  it('tables are copied after those that they refer to', () => {
    const tables = [
      table('loans', {}, { references: ['items', 'users'] }),
      table('items', {}, { references: ['users'] }),
      table('users', {}),
    ];

    expect(
      matchTables(catalog(tables), catalog(tables)).map(({ name }) => name),
    ).toEqual(['users', 'items', 'loans']);
  });

  it('a column that only one database has is left out where that database fills it', () => {
    const columns = matchTables(
      catalog([table('users', { name: 'text' })]),
      catalog([
        table('users', { name: 'varchar', seq: 'xid8' }, { filled: 'seq' }),
      ]),
    ).flatMap((copied) => copied.columns);

    expect(columns.map(({ name }) => name)).toEqual(['id', 'name']);
  });

  it.each([
    ['a table of SQLite alone', [table('a', {})], [], /only SQLite .* a\./],
    [
      'a table of PostgreSQL alone',
      [],
      [table('a', {})],
      /only PostgreSQL .* a\./,
    ],
    [
      'a column of SQLite alone',
      [table('a', { b: 'text' })],
      [table('a', {})],
      /only SQLite has the column a\.b/,
    ],
    [
      'a column of PostgreSQL alone',
      [table('a', {})],
      [table('a', { b: 'text' })],
      /only PostgreSQL has the column a\.b/,
    ],
    [
      'a type without a conversion',
      [table('a', { b: 'real' })],
      [table('a', { b: 'float8' })],
      /a\.b is a float8/,
    ],
    [
      'a sequence',
      [table('a', { b: 'integer' })],
      [table('a', { b: 'int8' }, { counted: 'b' })],
      /a\.b is counted by a sequence/,
    ],
    [
      'a table without a primary key',
      [table('a', {}, { key: [] })],
      [table('a', {}, { key: [] })],
      /a has no primary key/,
    ],
    [
      'a circle of foreign keys',
      [table('a', {}), table('b', {})],
      [
        table('a', {}, { references: ['b'] }),
        table('b', {}, { references: ['a'] }),
      ],
      /circle among a, b/,
    ],
  ])('%s is refused', (_, sqlite, postgres, message) => {
    expect(() => matchTables(catalog(sqlite), catalog(postgres))).toThrow(
      message,
    );
  });
});
