import { CopyRefused } from './query';

/** Column as a database describes it. */
export type CatalogColumn = {
  name: string;
  /** Name of the type; only PostgreSQL's decides how values are copied. */
  type: string;
  /** Whether the database fills it where a row has no value: by a default or a generated column. */
  isFilled: boolean;
  /** Whether a sequence counts it. */
  isCounted: boolean;
};

/** Table as a database describes it. */
export type CatalogTable = {
  name: string;
  columns: CatalogColumn[];
  /** Columns of the primary key, in its order. */
  key: string[];
  /** Tables that its foreign keys point to. */
  references: string[];
};

/** Tables and columns from the catalog of a database. */
export type Catalog = {
  tables: CatalogTable[];
  /** Tables that the database fills by itself: search indexes, and what triggers insert into. */
  derived: ReadonlySet<string>;
};

/** How values of a column are copied and compared. */
export type Kind = 'text' | 'integer' | 'moment' | 'boolean' | 'bytes';

/** Column that both databases have. */
export type CopiedColumn = { name: string; kind: Kind; postgresType: string };

/** Table that both databases have, with its columns in the order of their names. */
export type CopiedTable = {
  name: string;
  columns: CopiedColumn[];
  key: string[];
};

/** Kinds of PostgreSQL's types. SQLite stores moments as milliseconds and booleans as 0 and 1. */
const KINDS: Record<string, Kind | undefined> = {
  uuid: 'text',
  text: 'text',
  varchar: 'text',
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  timestamptz: 'moment',
  bool: 'boolean',
  bytea: 'bytes',
};

/**
 * Finds the tables and columns that are copied, from what the databases say about themselves.
 * @returns the tables, each after those that its foreign keys point to
 * @throws CopyRefused, naming every table and column that would get lost or that cannot be copied
 */
export function matchTables(sqlite: Catalog, postgres: Catalog): CopiedTable[] {
  const reasons: string[] = [];
  const derived = new Set([...sqlite.derived, ...postgres.derived]);
  const own = ({ tables }: Catalog) =>
    new Map(
      tables
        .filter(({ name }) => !derived.has(name))
        .map((table) => [table.name, table]),
    );
  const [ofSqlite, ofPostgres] = [own(sqlite), own(postgres)];
  for (const [here, there, database] of [
    [ofSqlite, ofPostgres, 'SQLite'],
    [ofPostgres, ofSqlite, 'PostgreSQL'],
  ] as const)
    for (const name of here.keys())
      if (!there.has(name))
        reasons.push(`only ${database} has the table ${name}`);
  const tables = inOrder([...ofPostgres.values()], reasons).flatMap((table) => {
    const twin = ofSqlite.get(table.name);
    return twin ? [matchColumns(twin, table, reasons)] : [];
  });
  if (reasons.length > 0)
    throw new CopyRefused(
      `The databases do not fit together: ${reasons.join('; ')}.`,
    );
  return tables;
}

function matchColumns(
  sqlite: CatalogTable,
  postgres: CatalogTable,
  reasons: string[],
): CopiedTable {
  const { name, key } = postgres;
  if (key.length === 0) reasons.push(`${name} has no primary key`);
  const columns: CopiedColumn[] = [];
  for (const column of postgres.columns) {
    if (!sqlite.columns.some((twin) => twin.name === column.name)) continue;
    const kind = KINDS[column.type];
    if (!kind) reasons.push(`${name}.${column.name} is a ${column.type}`);
    else if (column.isCounted)
      reasons.push(`${name}.${column.name} is counted by a sequence`);
    else columns.push({ name: column.name, kind, postgresType: column.type });
  }
  for (const [table, twin, database] of [
    [sqlite, postgres, 'SQLite'],
    [postgres, sqlite, 'PostgreSQL'],
  ] as const)
    for (const column of table.columns)
      if (
        !column.isFilled &&
        !twin.columns.some((other) => other.name === column.name)
      )
        reasons.push(`only ${database} has the column ${name}.${column.name}`);
  columns.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { name, columns, key };
}

/** Sorts tables so that rows are inserted after those that they refer to. */
function inOrder(tables: CatalogTable[], reasons: string[]): CatalogTable[] {
  const sorted: CatalogTable[] = [];
  const isReady = ({ references }: CatalogTable) =>
    references.every((name) => sorted.some((table) => table.name === name));
  let rest = tables;
  while (rest.length > 0) {
    const ready = rest.filter(isReady);
    if (ready.length === 0) {
      const names = rest.map(({ name }) => name).join(', ');
      reasons.push(`foreign keys form a circle among ${names}`);
      return sorted;
    }
    sorted.push(...ready);
    rest = rest.filter((table) => !ready.includes(table));
  }
  return sorted;
}
