import { pathToFileURL } from 'node:url';
import { entities } from '../../entities';
import { migrations } from '../migrations';
import { connect } from '../orm';
import { MIGRATIONS } from './catalogs';
import { CopyRefused, type Query } from './query';

/** How the tables of a database relate to this version of the software. */
type Version = {
  /** Name of the last migration that has run. */
  last: string;
  isCurrent: boolean;
};

/**
 * Reads which migrations have run.
 * @throws CopyRefused where the database is not one of NeighborShare, or is of a newer version
 */
export async function readVersion(
  query: Query,
  dialect: keyof typeof migrations,
): Promise<Version> {
  let run: { name: string }[];
  try {
    run = await query(`select name from ${MIGRATIONS} order by name`);
  } catch (error) {
    // Table not found, in PostgreSQL and SQLite.
    const { code, message } = error as Error & { code?: unknown };
    if (code !== '42P01' && !message.includes('no such table')) throw error;
    run = [];
  }
  const last = run.at(-1)?.name;
  if (last === undefined)
    throw new CopyRefused('It is not a database of NeighborShare.');
  const known = new Set(migrations[dialect].map(({ name }) => name));
  if (run.some(({ name }) => !known.has(name)))
    throw new CopyRefused(
      'The database is of a newer version of NeighborShare: use that version.',
    );
  return { last, isCurrent: run.length === known.size };
}

/** @throws CopyRefused where the database is not of this version */
export async function assertCurrent(
  query: Query,
  dialect: keyof typeof migrations,
): Promise<void> {
  const { isCurrent } = await readVersion(query, dialect);
  if (!isCurrent)
    throw new CopyRefused(
      'The database is of an older version of NeighborShare: start this version on it once, and stop it.',
    );
}

/** Migrates a SQLite file. @param last migration to run, which SQLite may lack; all by default */
export async function migrateSqlite(
  file: string,
  last?: string,
): Promise<void> {
  const orm = await connect(
    { dataDir: '', databaseUrl: pathToFileURL(file).href },
    entities,
  );
  try {
    const migrator = orm.getMigrator();
    const pending = await migrator.getPendingMigrations();
    const names = pending.map(({ name }) => name).sort();
    const to = names.filter((name) => name <= (last ?? name)).at(-1);
    if (to) await migrator.up({ to });
  } finally {
    await orm.close();
  }
}
