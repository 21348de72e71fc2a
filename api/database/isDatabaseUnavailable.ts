/** Primary result codes of SQLite about the disk, the memory, a time limit or a foreign lock. */
const SQLITE =
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|NOMEM|PROTOCOL|INTERRUPT)/;

/**
 * SQLSTATE classes of PostgreSQL for temporary failures: no connection, a conflicting transaction,
 * exhausted resources, shutdown or startup, read-only mode, timeout.
 */
const POSTGRES = /^(08...|40...|53...|57P..|57014|55P03|25006)$/;

/** Node's error codes of an unreachable server. */
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/;

/** Messages of the driver and its pool that come without a code. */
const WITHOUT_CODE =
  /Connection terminated|not queryable|timeout expired|Timeout acquiring a connection|Transaction query already complete/;

/**
 * Tells whether an error means that the database is temporarily unavailable: its disk is full, another
 * process has locked it, or its server cannot be reached. Every other error is a bug.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { code, message } = thrown(error);
  return typeof code === 'string'
    ? [SQLITE, POSTGRES, NETWORK].some((codes) => codes.test(code))
    : typeof message === 'string' && WITHOUT_CODE.test(message);
}

/**
 * Tells whether an error means that the database has ended a statement because it took longer than an
 * operation may take. The database itself is well.
 */
export function isStatementTimeout(error: unknown): boolean {
  const { code } = thrown(error);
  return code === 'SQLITE_INTERRUPT' || code === '57014';
}

/**
 * Unwraps errors that GraphQL wrapped because it did not recognize them, such as errors of another
 * realm.
 */
function thrown(error: unknown): { code?: unknown; message?: unknown } {
  if (typeof error !== 'object' || error === null) return {};
  return 'thrownValue' in error ? thrown(error.thrownValue) : error;
}
