import type { Query } from './query';
import type { CopiedColumn, CopiedTable, Kind } from './tables';

/**
 * Value of a column in the form in which both databases agree: text as it is, whole numbers and
 * milliseconds in decimal digits, booleans as 0 or 1.
 */
export type Value = string | Buffer | null;

/** Rows of a table, with values in the order of its columns. */
export type Batch = { rows: Value[][]; bytes: number };

/** Rows that are read and written at once, at most; SQLite takes 32,766 values in a statement. */
const MAX_ROWS = 1000;
/** Rows of the first batch, from which the size of the next one is estimated. */
const FIRST_ROWS = 32;
/** Size that batches are to have at most. */
const MAX_BYTES = 4_000_000;

const PATTERNS: Record<Exclude<Kind, 'text' | 'bytes'>, RegExp> = {
  integer: /^-?\d+$/,
  moment: /^-?\d+$/,
  boolean: /^[01]$/,
};

/** Reads a table of SQLite in the order of its key. @param after key of the last row before; null for all */
export async function* readSqlite(
  query: Query,
  table: CopiedTable,
  after: Value[] | null,
): AsyncGenerator<Batch> {
  const columns = table.columns.map(({ name, kind }) =>
    kind === 'text' || kind === 'bytes'
      ? quoted(name)
      : `cast(${quoted(name)} as text) as ${quoted(name)}`,
  );
  const key = table.key.map(quoted).join(', ');
  const select = `select ${columns.join(', ')} from ${quoted(table.name)}`;
  const marks = table.key.map(() => '?').join(', ');
  let last = after;
  yield* inBatches(table, async (limit) => {
    const where = last ? `where (${key}) > (${marks})` : '';
    const found = await query<Record<string, unknown>>(
      `${select} ${where} order by ${key} limit ?`,
      [...(last ?? []), limit],
    );
    const rows = found.map((row) => toValues(table, row));
    last = keyOf(table, rows) ?? last;
    return rows;
  });
}

/** Returns the key of the last row, or null for no rows. */
export function keyOf(table: CopiedTable, rows: Value[][]): Value[] | null {
  const row = rows.at(-1);
  if (!row) return null;
  const names = table.columns.map(({ name }) => name);
  return table.key.map((name) => row[names.indexOf(name)] ?? null);
}

/** Reads a table of PostgreSQL in the order of its key. @param query of a transaction */
export async function* readPostgres(
  query: Query,
  table: CopiedTable,
): AsyncGenerator<Batch> {
  const columns = table.columns.map(
    ({ name, kind }) =>
      `${fromPostgres(kind, quoted(name))} as ${quoted(name)}`,
  );
  await query(
    `declare copied no scroll cursor for select ${columns.join(', ')} from ${quoted(table.name)}
    order by ${table.key.map(quoted).join(', ')}`,
  );
  yield* inBatches(table, async (limit) =>
    (await query<Record<string, unknown>>(`fetch ${limit} from copied`)).map(
      (row) => toValues(table, row),
    ),
  );
  await query('close copied');
}

function fromPostgres(kind: Kind, column: string): string {
  switch (kind) {
    case 'text':
    case 'integer':
      return `${column}::text`;
    case 'moment':
      return `trim_scale(extract(epoch from ${column}) * 1000)::text`;
    case 'boolean':
      return `${column}::int::text`;
    case 'bytes':
      return column;
  }
}

/** Inserts rows into PostgreSQL. */
export async function writePostgres(
  query: Query,
  table: CopiedTable,
  rows: Value[][],
): Promise<void> {
  const names = table.columns.map(({ name }) => quoted(name)).join(', ');
  const arrays = table.columns.map((column) => `?::${arrayType(column)}[]`);
  const values = table.columns.map(({ kind }, index) =>
    kind === 'moment' ? `to_timestamp(c${index} / 1000.0)` : `c${index}`,
  );
  const aliases = table.columns.map((_, index) => `c${index}`).join(', ');
  await query(
    `insert into ${quoted(table.name)} (${names}) select ${values.join(', ')} from unnest(${arrays.join(', ')}) as t (${aliases})`,
    table.columns.map((_, index) => rows.map((row) => row[index] ?? null)),
  );
}

const arrayType = ({ kind, postgresType }: CopiedColumn) =>
  kind === 'moment' ? 'int8' : postgresType;

/** Inserts rows into SQLite, whose columns turn digits into numbers. */
export async function writeSqlite(
  query: Query,
  table: CopiedTable,
  rows: Value[][],
): Promise<void> {
  const names = table.columns.map(({ name }) => quoted(name)).join(', ');
  const marks = `(${table.columns.map(() => '?').join(', ')})`;
  await query(
    `insert into ${quoted(table.name)} (${names}) values ${rows.map(() => marks).join(', ')}`,
    rows.flat(),
  );
}

/** Reads batches of about the same size until there are no more rows. */
async function* inBatches(
  table: CopiedTable,
  read: (limit: number) => Promise<Value[][]>,
): AsyncGenerator<Batch> {
  const most = Math.min(MAX_ROWS, Math.floor(32_000 / table.columns.length));
  let limit = FIRST_ROWS;
  for (;;) {
    const rows = await read(limit);
    if (rows.length === 0) return;
    const bytes = sizeOf(rows);
    yield { rows, bytes };
    const fitting = Math.floor((MAX_BYTES * rows.length) / bytes);
    limit = Math.max(1, Math.min(most, limit * 4, fitting));
  }
}

const sizeOf = (rows: Value[][]) =>
  rows.reduce(
    (sum, row) =>
      row.reduce((bytes, value) => bytes + (value?.length ?? 0), sum),
    1,
  );

/** @throws where a value is not of the kind of its column, so that nothing changes on the way */
const toValues = (table: CopiedTable, row: Record<string, unknown>): Value[] =>
  table.columns.map((column) => {
    const value = row[column.name];
    if (value === null || isOfKind(column.kind, value)) return value as Value;
    const key = table.key.map((name) => String(row[name])).join(', ');
    throw new Error(
      `${table.name}.${column.name} of the row ${key} is not a ${column.kind}`,
    );
  });

const isOfKind = (kind: Kind, value: unknown): boolean => {
  if (kind === 'bytes') return Buffer.isBuffer(value);
  return (
    typeof value === 'string' && (kind === 'text' || PATTERNS[kind].test(value))
  );
};

/** Quotes a name for both databases. */
export const quoted = (name: string): string =>
  `"${name.replaceAll('"', '""')}"`;
