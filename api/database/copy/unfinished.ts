import { ConfigurationError } from '../../config';
import type { Orm } from '../orm';
import { NO_ROWS, type Tally } from './checksum';
import { UNFINISHED } from './catalogs';
import { queryOf, type Query } from './query';
import type { Value } from './rows';
import type { CopiedTable } from './tables';

/** How far the copy of a table has come. */
export type Progress = {
  /** Count and checksum of the rows that were copied. */
  tally: Tally;
  /** Key of the last row; null at the beginning. */
  last: Value[] | null;
};

/** Row of a table, or of the source where the name is empty. */
type Row = {
  name: string;
  copied: string;
  checksum: string;
  last: string | null;
};

/** Returns whether PostgreSQL holds a copy that is not complete. */
export async function isUnfinished(query: Query): Promise<boolean> {
  const [row] = await query<{ found: boolean }>(
    `select to_regclass('${UNFINISHED}') is not null as found`,
  );
  return row?.found ?? false;
}

/** @throws ConfigurationError where PostgreSQL holds a copy that is not complete, so that it is not served */
export async function assertFinished(orm: Orm): Promise<void> {
  if (await isUnfinished(queryOf(orm.em.getConnection().getKnex())))
    throw new ConfigurationError(
      'the database is not complete: run npm run move-to-postgres or npm run restore again',
    );
}

/** Marks PostgreSQL as unfinished, before anything else is written. @param source what is copied */
export async function markUnfinished(
  query: Query,
  source: string,
): Promise<void> {
  await query(
    `create table ${UNFINISHED} (name text primary key, copied int8 not null, checksum text not null, last text null)`,
  );
  await query(`insert into ${UNFINISHED} values ('', 0, ?, null)`, [source]);
}

/** Returns what the unfinished copy is a copy of. */
export async function readSource(query: Query): Promise<string | undefined> {
  const [row] = await query<Row>(`select * from ${UNFINISHED} where name = ''`);
  return row?.checksum;
}

/** Forgets how far the copy has come. */
export async function forgetProgress(
  query: Query,
  source: string,
): Promise<void> {
  await query(`delete from ${UNFINISHED} where name <> ''`);
  await query(`update ${UNFINISHED} set checksum = ? where name = ''`, [
    source,
  ]);
}

/** Returns how far a table has come. */
export async function readProgress(
  query: Query,
  { name }: CopiedTable,
): Promise<Progress> {
  const [row] = await query<Row>(
    `select name, copied::text, checksum, last from ${UNFINISHED} where name = ?`,
    [name],
  );
  if (!row) return { tally: NO_ROWS, last: null };
  return {
    tally: { rows: Number(row.copied), checksum: BigInt(row.checksum) },
    last: row.last === null ? null : (JSON.parse(row.last) as string[]),
  };
}

/**
 * Writes how far a table has come, in the transaction that writes the rows.
 * @throws where another process has continued the same copy
 */
export async function writeProgress(
  query: Query,
  { name }: CopiedTable,
  before: Progress,
  { tally, last }: Progress,
): Promise<void> {
  const written = await query(
    `insert into ${UNFINISHED} as u values (?, ?, ?, ?)
    on conflict (name) do update set copied = excluded.copied, checksum = excluded.checksum, last = excluded.last
    where u.copied = ? returning name`,
    [
      ...[name, tally.rows, String(tally.checksum), JSON.stringify(last)],
      before.tally.rows,
    ],
  );
  if (written.length === 0)
    throw new Error('Another process copies into the same database');
}

/** Ends the state of being unfinished. */
export async function markFinished(query: Query): Promise<void> {
  await query(`drop table ${UNFINISHED}`);
}
