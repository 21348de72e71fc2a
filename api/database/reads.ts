import { Database, OPEN_READONLY, type Statement } from 'sqlite3';
import type { AbstractSqlConnection } from '@mikro-orm/sqlite';
import type { EntityManager } from './orm';
import type { Parameter, Sql } from './sql';

/**
 * Reads on the hot path, in SQL written by hand: building, logging and hydration in the ORM take longer
 * than the read in SQLite (docs/decisions/0005-reads-in-sql.md). Writes and everything rare go through
 * the ORM.
 */
export interface Reads {
  /** For the few statements that differ between the two. */
  readonly dialect: 'sqlite' | 'postgres';
  /**
   * Runs one select. Its text is prepared once and kept, so it must come out of a bounded set.
   * @returns the committed rows
   */
  all<Row>(query: Sql): Promise<Row[]>;
}

/** Reads with a connection of their own, which is to be closed. */
export type OwnReads = Reads & { close(): Promise<void> };

/** A statement that runs. */
type Running = { since: number; isLate: boolean };

/**
 * A connection of its own to the SQLite file: in WAL mode, reads on it never wait for a write.
 * @param maxSeconds time limit of a statement
 * @param onStatement called with every SQL statement; for counting them in tests
 * @throws where the file cannot be opened
 */
export async function openSqliteReads(
  file: string,
  maxSeconds: number,
  onStatement?: (sql: string) => void,
): Promise<OwnReads> {
  const database = await promisify<Database>((done) => {
    const opened = new Database(file, OPEN_READONLY, (error) => {
      done(error, opened);
    });
  });
  database.configure('busyTimeout', 5000);
  const prepared = new Map<string, Promise<Statement>>();

  const running = new Set<Running>();
  const watch = setInterval(
    () => {
      const late = [...running].filter(
        ({ since }) => performance.now() - since > maxSeconds * 1000,
      );
      for (const statement of late) statement.isLate = true;
      if (late.length > 0) database.interrupt();
    },
    Math.min(1, maxSeconds) * 1000,
  ).unref();

  function prepare(sql: string): Promise<Statement> {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = promisify<Statement>((done) => {
      const made = database.prepare(sql, (error: Error | null) => {
        done(error, made);
      });
    });
    prepared.set(sql, statement);
    // The next read prepares it again.
    statement.catch(() => prepared.delete(sql));
    return statement;
  }

  return {
    dialect: 'sqlite',
    async all<Row>(query: Sql) {
      const { sql } = query;
      const parameters = query.values.map(toSqlite);
      onStatement?.(sql);
      const statement = await prepare(sql);
      const run: Running = { since: performance.now(), isLate: false };
      running.add(run);
      try {
        for (;;)
          try {
            return await promisify<Row[]>((done) => {
              statement.all<Row>(parameters, done);
            });
          } catch (error) {
            // SQLite can interrupt only a whole connection: statements that were in time run again.
            if (run.isLate || !isInterrupted(error)) throw error;
          }
      } finally {
        running.delete(run);
      }
    },
    async close() {
      clearInterval(watch);
      for (const statement of prepared.values())
        (await statement.catch(() => null))?.finalize();
      await promisify<void>((done) => {
        database.close((error) => {
          done(error, undefined);
        });
      });
    },
  };
}

const isInterrupted = (error: unknown) =>
  (error as NodeJS.ErrnoException).code === 'SQLITE_INTERRUPT';

/** Turns a callback of sqlite3 into a promise. */
const promisify = <T>(
  start: (done: (error: Error | null, value: T) => void) => void,
) =>
  new Promise<T>((resolve, reject) => {
    start((error, value) => {
      if (error) reject(error);
      else resolve(value);
    });
  });

/** Reads PostgreSQL through a connection of the ORM, past its entities. */
export const postgresReads = (
  connection: Pick<AbstractSqlConnection, 'execute'>,
): Reads => ({
  dialect: 'postgres',
  all: <Row>({ sql, values }: Sql) => connection.execute<Row[]>(sql, values),
});

/** Reads on the connection of a transaction, which see what it has changed. */
export const readsOf = (em: EntityManager): Pick<Reads, 'all'> => ({
  all: <Row>({ sql, values }: Sql) => em.execute<Row[]>(sql, values),
});

/**
 * Runs a write statement that the ORM cannot express.
 * @returns how many rows it changed
 */
export async function execute(
  em: EntityManager,
  { sql, values }: Sql,
): Promise<number> {
  const { affectedRows } = await em.execute<{ affectedRows: number }>(
    sql,
    values,
    'run',
  );
  return affectedRows;
}

/** The ORM keeps moments as milliseconds in SQLite. */
const toSqlite = (value: unknown) =>
  value instanceof Date ? value.getTime() : (value as Parameter);

/** A moment as either database gives it back: milliseconds, or a Date. */
export type Moment = number | Date;
