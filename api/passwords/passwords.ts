import { PasswordPool } from './passwordPool';
import { MAX_PASSWORD_BYTES, normalizePassword } from './passwordRules';

/** Hashes and compares passwords in a child process. */
export interface Passwords {
  /** @throws ServiceUnavailable when too many are waiting */
  hash(password: string): Promise<string>;
  /**
   * Compares a password with a hash. Without a hash, as for an unknown user, returns false after the
   * same work.
   * @throws ServiceUnavailable when too many are waiting
   */
  matches(password: string, hash: string | null): Promise<boolean>;
  /** Tells whether the hash has another cost than the configured one. */
  isOutdated(hash: string): boolean;
  /** Process id of the child, while one runs; for tests. */
  readonly pid: number | undefined;
  /** Number of waiting passwords. */
  readonly waiting: number;
  close(): void;
}

/**
 * Creates the password service. bcrypt and sqlite3 share the thread pool of a process, and hashing
 * occupies whole cores: a few logins would block all reads. Therefore a child process hashes, at low
 * priority (docs/decisions/0004-passwords-in-a-child-process.md).
 * @param cost of bcrypt: each step doubles the work
 * @param workers how many hashes are computed concurrently
 */
export function createPasswords(cost: number, workers: number): Passwords {
  const pool = new PasswordPool(workers);
  return {
    async hash(password) {
      const job = { password: normalizePassword(password), cost };
      return String(await pool.run({ ...job, kind: 'hash' }));
    },
    async matches(password, hash) {
      const job = { password: toBcryptInput(password), hash, cost };
      return (await pool.run({ ...job, kind: 'compare' })) === true;
    },
    isOutdated: (hash) => Number(hash.split('$')[2]) !== cost,
    get pid() {
      return pool.pid;
    },
    get waiting() {
      return pool.waiting;
    },
    close() {
      pool.close();
    },
  };
}

/**
 * Returns the text to compare: empty for a password that bcrypt would cut, at 72 bytes or at a NUL, so
 * that it cannot match by its beginning.
 */
function toBcryptInput(password: string): string {
  const normal = normalizePassword(password);
  const isCut =
    Buffer.byteLength(normal) > MAX_PASSWORD_BYTES || normal.includes('\0');
  return isCut ? '' : normal;
}
