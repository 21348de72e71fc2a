import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import type { Moment, Reads } from '../database/reads';
import { sql } from '../database/sql';
import type { User } from './user.entity';

/** Columns of `users u` that `toUser` needs. */
export const userColumns = sql`u.id, u.username, u.name, u.about, u.photo_id as "photoId", u.created_at as "createdAt"`;

/** A row of `userColumns`. */
export type UserReadRow = Omit<User, 'createdAt'> & { createdAt: Moment };

/** A person out of the row that was read. */
export const toUser = (row: UserReadRow): User => ({
  ...row,
  createdAt: new Date(row.createdAt),
});

/** Reads one user; null also for a deleted account. */
export async function readUser(reads: Reads, id: string): Promise<User | null> {
  const [row] = await reads.all<UserReadRow>(
    sql`select ${userColumns} from users u where u.id = ${id} and u.deleted_at is null`,
  );
  return row ? toUser(row) : null;
}

/** Users by their ids, for objects that the viewer can see. */
export type UserLoader = DataLoader<string, User>;

/** People by their ids, for one request. An id without a person is a bug: foreign keys hold. */
export const createUserLoader = (reads: Reads): UserLoader =>
  createLoader<UserReadRow, User>(
    reads,
    (ids) =>
      sql`select u.id as key, ${userColumns} from users u where u.id in (${ids})`,
    ([row], id) => {
      if (!row) throw new Error(`No user ${id}: the foreign key does not hold`);
      return toUser(row);
    },
  );

/** Contact data that only the user can read. */
export type Reachable = {
  address: string;
  phone: string;
  email: string | null;
  unverifiedEmail: string | null;
  remindersByEmail: boolean;
};

/** Creates the loader of contact data by the users' ids, for the users themselves. */
export const createReachableLoader = (
  reads: Reads,
): DataLoader<string, Reachable> =>
  createLoader<ReachableRow, Reachable>(
    reads,
    (ids) =>
      sql`select id as key, address, phone, email, unverified_email as "unverifiedEmail",
      reminders_by_email as "remindersByEmail" from users where id in (${ids})`,
    ([row]) => ({
      ...(row ?? NOBODY),
      remindersByEmail: Boolean(row?.remindersByEmail),
    }),
  );

/** SQLite has 0 and 1 for booleans. */
type ReachableRow = Omit<Reachable, 'remindersByEmail'> & {
  remindersByEmail: boolean | number;
};

const NOBODY = { address: '', phone: '', email: null, unverifiedEmail: null };
