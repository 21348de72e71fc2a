/** The primary result codes of SQLite that are about the disk, the memory, the time or somebody else's lock. */
const SQLITE =
  /^SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|NOMEM|PROTOCOL|INTERRUPT)/;

/**
 * The classes of SQLSTATE in which PostgreSQL says that it cannot now: no connection, another
 * transaction in the way, out of resources, being stopped or started, switched to reading only, out of time.
 */
const POSTGRES = /^(08...|40...|53...|57P..|57014|55P03|25006)$/;

/** What Node says of a server that cannot be reached. */
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/;

/** What the driver and its pool say without a code. */
const WITHOUT_CODE =
  /Connection terminated|not queryable|timeout exceeded when trying to connect|Timeout acquiring a connection/;

/**
 * Can the database just not do now what it could a moment ago, and may again in a moment? Its disk
 * is full, somebody has locked it, or its server is away. All else that it says is a bug of ours.
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
