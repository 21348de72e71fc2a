import type DataLoader from 'dataloader';
import { createLoader } from '../database/loading';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { sql } from '../database/sql';
import type { Language } from '../language/language';
import { UserEntity, type User } from './user.entity';

/** Properties of a user that others may see: those of `User`. */
export const PUBLIC_USER_PROPERTIES = [
  'id',
  'username',
  'name',
  'about',
  'photoId',
  'createdAt',
] as const satisfies readonly (keyof User)[];

/** Columns of a `User` out of `users u`. */
export const userColumns = columnsOf(UserEntity, 'u', {
  only: PUBLIC_USER_PROPERTIES,
});

/** A row of `userColumns`. */
export type UserReadRow = RowOf<typeof userColumns>;

/** Reads one user; null also for a deleted account. */
export async function readUser(reads: Reads, id: string): Promise<User | null> {
  const [row] = await reads.all<UserReadRow>(
    sql`select ${userColumns.list} from users u where u.id = ${id} and u.deleted_at is null`,
  );
  return row ? userColumns.toValue(row) : null;
}

/** Contact data and choices that only the user can read. */
export type Reachable = {
  address: string;
  phone: string;
  email: string | null;
  unverifiedEmail: string | null;
  remindersByEmail: boolean;
  language: Language | null;
};

/** Creates the loader of contact data by the users' ids, for the users themselves. */
export const createReachableLoader = (
  reads: Reads,
): DataLoader<string, Reachable> =>
  createLoader<RowOf<typeof reachableColumns>, Reachable>(
    reads,
    (ids) =>
      sql`select u.id as key, ${reachableColumns.list} from users u where u.id in (${ids})`,
    ([row]) => (row ? reachableColumns.toValue(row) : UNREACHABLE),
  );

const reachableColumns = columnsOf(UserEntity, 'u', {
  only: [
    'address',
    'phone',
    'email',
    'unverifiedEmail',
    'remindersByEmail',
    'language',
  ],
});

const UNREACHABLE: Reachable = {
  address: '',
  phone: '',
  email: null,
  unverifiedEmail: null,
  remindersByEmail: false,
  language: null,
};
