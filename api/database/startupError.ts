import { isDatabaseUnavailable } from './isDatabaseUnavailable';

/** Explanations of what an operator can mend, by SQLSTATE of PostgreSQL. */
const EXPLANATIONS: Record<string, string> = {
  '28000': 'PostgreSQL does not accept the user of DATABASE_URL',
  '28P01': 'PostgreSQL does not accept the password of DATABASE_URL',
  '3D000': 'PostgreSQL has no database of the name in DATABASE_URL',
  '42501':
    'the user of DATABASE_URL may not create tables: make it the owner of the database',
  '25006':
    'DATABASE_URL leads to a PostgreSQL that can only be read, such as a standby',
  '53100': 'the disk of PostgreSQL is full',
  '53300':
    'PostgreSQL has no connection left: lower DATABASE_POOL, or raise max_connections',
  '55P03':
    'another transaction or process holds a table that this version changes: end it, and start again',
  '57P03': 'PostgreSQL is starting or stopping: try again in a moment',
};

/** Error of a driver. Node's for an unreachable host of several addresses has an empty message, and one each. */
type StartupError = { code?: string; message?: string; errors?: Error[] };

/**
 * Explains why the database keeps the server from starting.
 * @returns a sentence without a full stop; null for other errors
 */
export function explainStartupError(error: unknown): string | null {
  const { code, message, errors } = error as StartupError;
  const explanation = EXPLANATIONS[String(code)];
  if (explanation) return explanation;
  if (String(message).includes('does not support SSL'))
    return 'PostgreSQL offers no TLS, which DATABASE_URL demands';
  return isDatabaseUnavailable(error)
    ? `the database cannot be reached: ${[message, errors?.[0]?.message, code].find(Boolean)}`
    : null;
}
