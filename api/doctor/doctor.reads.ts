import { migrations } from '../database/migrations';
import type { Reads } from '../database/reads';
import { sql } from '../database/sql';

type Source = Pick<Reads, 'all' | 'dialect'>;

/** Asks the database for very little, to see whether and how fast it answers. */
export const ping = (reads: Source) =>
  reads.all(
    reads.dialect === 'sqlite'
      ? // Reads the file, which `select 1` does not.
        sql`select count(*) from sqlite_schema`
      : sql`select 1`,
  );

/** Reads how PostgreSQL presents itself. */
export async function readPostgres(reads: Source) {
  const [row] = await reads.all<{
    version: number;
    bytes: string;
    database: string;
  }>(sql`
    select current_setting('server_version_num')::int as version,
      pg_database_size(current_database()) as bytes,
      current_database() as database`);
  return {
    version: Number(row?.version),
    bytes: Number(row?.bytes),
    database: String(row?.database),
  };
}

/** Reads the size of a SQLite database, and whether it writes through a log (WAL). */
export async function readSqlite(reads: Source) {
  const [row] = await reads.all<{ bytes: number; mode: string }>(sql`
    select page_count * page_size as bytes, journal_mode as mode
    from pragma_page_count, pragma_page_size, pragma_journal_mode`);
  return { bytes: Number(row?.bytes), isWal: row?.mode === 'wal' };
}

/**
 * Reads a whole SQLite database.
 * @returns its first fault in one line; null where it is sound
 * @throws where it cannot be read for another reason, such as a time limit
 */
export async function readSqliteFault(reads: Source): Promise<string | null> {
  try {
    const [row] = await reads.all<{ quick_check: string }>(
      sql`pragma quick_check(1)`,
    );
    const result = String(row?.quick_check);
    return result === 'ok' ? null : result.replace(/\s+/g, ' ').slice(0, 100);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (/^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(code)) return code;
    throw error;
  }
}

/** Lists the migrations that have not run, and those that this version does not know. */
export async function readMigrations(reads: Source) {
  const rows = await reads.all<{ name: string }>(
    sql`select name from mikro_orm_migrations order by id`,
  );
  const run = rows.map(({ name }) => name);
  const known = migrations[reads.dialect].map(({ name }) => name);
  return {
    count: known.length,
    missing: known.filter((name) => !run.includes(name)),
    unknown: run.filter((name) => !known.includes(name)),
  };
}

/** Lists the indexes of PostgreSQL that were never finished. */
export async function readInvalidIndexes(reads: Source): Promise<string[]> {
  const rows = await reads.all<{ name: string }>(sql`
    select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
    where not i.indisvalid and c.relnamespace = current_schema()::regnamespace
    order by c.relname`);
  return rows.map(({ name }) => name);
}

/** Reads how many connections PostgreSQL allows and has. */
export async function readConnections(reads: Source) {
  const [row] = await reads.all<{ allowed: number; used: number }>(sql`
    select current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int as allowed,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used`);
  return { allowed: Number(row?.allowed), used: Number(row?.used) };
}

/** Reads the clock of PostgreSQL, in milliseconds since 1970. */
export async function readClock(reads: Source): Promise<number> {
  const [row] = await reads.all<{ now: string }>(
    sql`select extract(epoch from clock_timestamp()) * 1000 as now`,
  );
  return Number(row?.now);
}

/** Lists the time zones of neighborhoods. */
export async function readTimeZones(reads: Source): Promise<string[]> {
  const rows = await reads.all<{ zone: string }>(
    sql`select distinct time_zone as zone from neighborhoods`,
  );
  return rows.map(({ zone }) => zone);
}
