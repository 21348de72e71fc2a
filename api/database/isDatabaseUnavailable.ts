/** Primary result codes of SQLite about the disk, the memory, a time limit or a foreign lock. */
const SQLITE =
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|NOMEM|PROTOCOL|INTERRUPT)/;

/**
 * The classes of SQLSTATE in which PostgreSQL says that it cannot now: no connection, another
 * transaction in the way, out of resources, being stopped or started, switched to reading only, out of time.
 */
const POSTGRES = /^(08...|40...|53...|57P..|57014|55P03|25006)$/;

/** Node's error codes of an unreachable server. */
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/;

/** Messages of the driver and its pool that come without a code. */
const WITHOUT_CODE =
  /Connection terminated|not queryable|timeout exceeded when trying to connect|Timeout acquiring a connection/;

/**
 * Can the database just not do now what it could a moment ago, and may again in a moment? Its disk
 * is full, another process has locked it, or its server is away. Every other error is a bug of ours.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { code, message } = thrown(error);
  return typeof code === 'string'
    ? [SQLITE, POSTGRES, NETWORK].some((codes) => codes.test(code))
    : typeof message === 'string' && WITHOUT_CODE.test(message);
}

/** GraphQL wraps what it does not take for an error, as those of Node where code runs in a realm of its own. */
function thrown(error: unknown): { code?: unknown; message?: unknown } {
  if (typeof error !== 'object' || error === null) return {};
  return 'thrownValue' in error ? thrown(error.thrownValue) : error;
}
