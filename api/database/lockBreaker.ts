/** How long statements that need a locked table are refused before one of them tries again. */
const RETRY_AFTER_MS = 2000;
/** Most statements to remember. Their texts come out of a bounded set, but the ORM makes many of them. */
const MAX_STATEMENTS = 100;

/** Error of PostgreSQL: `where` names the row, if it was a row that was locked. */
type PostgresError = { code?: unknown; where?: unknown };

/** The last statement of its kind that waited in vain, and when the kind may be tried again; null for at once. */
type Wait = { sql: string; retryAt: number | null };

/** Circuit breaker: keeps statements that need a locked table from taking all connections. */
export interface LockBreaker {
  /**
   * Is to be called before a statement.
   * @throws at once where such statements have waited in vain and it is not time to try again
   */
  check(sql: string): void;
  /** Is to be called with the error of a statement. */
  failed(sql: string, error: unknown): void;
  /** Is to be called after a statement has run. */
  succeeded(sql: string): void;
}

/** @param lockTimeoutMs how long a statement waits for a lock */
export function createLockBreaker(lockTimeoutMs: number): LockBreaker {
  /** By the text of the statement without values. */
  const waits = new Map<string, Wait>();

  return {
    check(sql) {
      if (waits.size === 0) return;
      const wait = waits.get(withoutValues(sql));
      if (!wait?.retryAt) return;
      if (performance.now() < wait.retryAt) throw new TableLocked();
      // Only this one tries; others are refused until it knows.
      wait.retryAt = performance.now() + lockTimeoutMs + RETRY_AFTER_MS;
    },
    failed(sql, error) {
      const { code, where } = error as PostgresError;
      // A locked row, as "tuple (0,1)" in the language of the server, does not concern other rows.
      if (code !== '55P03' || /\(\d+,\d+\)/.test(String(where))) return;
      const text = withoutValues(sql);
      const last = waits.get(text);
      // PostgreSQL names the row only to the first who waits for it. Only for a table do others wait as well.
      const isTable = last && (last.retryAt !== null || last.sql !== sql);
      if (waits.size >= MAX_STATEMENTS) waits.clear();
      const retryAt = isTable ? performance.now() + RETRY_AFTER_MS : null;
      waits.set(text, { sql, retryAt });
    },
    succeeded(sql) {
      if (waits.size > 0) waits.delete(withoutValues(sql));
    },
  };
}

/** Error of a statement that was not sent, with the code of PostgreSQL for a lock that is not free. */
class TableLocked extends Error {
  readonly code = '55P03';

  constructor() {
    super('a table that this statement needs is locked');
  }
}

/** Returns a statement with its texts, numbers and lists replaced. */
const withoutValues = (sql: string) =>
  sql
    .replaceAll(/'(?:[^']|'')*'|\b\d+\b/g, '?')
    .replaceAll(/\?(?:, ?\?)+/g, '?');
