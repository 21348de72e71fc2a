import { PasswordPool } from './passwordPool';
import { MAX_PASSWORD_BYTES, normalizePassword } from './passwordRules';

/** Hashes and checks passwords, in a process of its own. */
export interface Passwords {
  /** @throws ServiceUnavailable when too many are waiting */
  hash(password: string): Promise<string>;
  /**
   * Is it the password of this hash? Without a hash (there is no such user) the answer is no,
   * after the same work.
   * @throws ServiceUnavailable when too many are waiting
   */
  matches(password: string, hash: string | null): Promise<boolean>;
  /** Was the hash made at another cost than what is configured now? */
  isOutdated(hash: string): boolean;
  /** The hashing process while one runs; for tests. */
  readonly pid: number | undefined;
  /** How many passwords wait to be hashed. */
  readonly waiting: number;
  close(): void;
}

/**
 * bcrypt and sqlite3 share the one thread pool of a process, and hashing takes whole cores:
 * a few people logging in would stop everybody who reads. So passwords are hashed in a child
 * process at low priority, which the operating system lets run when nothing else wants to
 * (docs/decisions/0004-passwords-in-a-child-process.md).
 * @param cost of bcrypt: each step doubles the work
 * @param workers how many hashes are computed at the same time
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

/** bcrypt stops at 72 bytes and at a NUL: what goes on behind fits nobody, and must not fit by its beginning. */
function toBcryptInput(password: string): string {
  const normal = normalizePassword(password);
  const isCut =
    Buffer.byteLength(normal) > MAX_PASSWORD_BYTES || normal.includes('\0');
  return isCut ? '' : normal;
}
