/** How long statements that need a locked table are refused before one of them tries again. */
const RETRY_AFTER_MS = 2000;
/** Most statements to remember. Their texts come out of a bounded set, but the ORM makes many of them. */
const MAX_STATEMENTS = 100;

/** Error of PostgreSQL: `where` names the row, if it was a row that was locked. */
type PostgresError = { code?: unknown; where?: unknown };

/** Circuit breaker: keeps statements that need a locked table from taking all connections. */
export interface LockBreaker {
  /**
   * Is to be called before a statement.
   * @throws at once where such a statement has waited in vain and it is not time to try again
   */
  check(sql: string): void;
  /** Is to be called with the error of a statement. */
  failed(sql: string, error: unknown): void;
  /** Is to be called after a statement has run. */
  succeeded(sql: string): void;
}

/** @param lockTimeoutMs how long a statement waits for a lock */
export function createLockBreaker(lockTimeoutMs: number): LockBreaker {
  /** When such a statement may be tried again, by its text without values. */
  const retryAt = new Map<string, number>();

  return {
    check(sql) {
      if (retryAt.size === 0) return;
      const text = withoutValues(sql);
      const time = retryAt.get(text);
      if (time === undefined) return;
      if (performance.now() < time) throw new TableLocked();
      // Only this one tries; others are refused until it knows.
      retryAt.set(text, performance.now() + lockTimeoutMs + RETRY_AFTER_MS);
    },
    failed(sql, error) {
      const { code, where } = error as PostgresError;
      // A locked row, as "tuple (0,1)" in the language of the server, does not concern other rows.
      if (code !== '55P03' || /\(\d+,\d+\)/.test(String(where))) return;
      if (retryAt.size >= MAX_STATEMENTS) retryAt.clear();
      retryAt.set(withoutValues(sql), performance.now() + RETRY_AFTER_MS);
    },
    succeeded(sql) {
      if (retryAt.size > 0) retryAt.delete(withoutValues(sql));
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
