import type DataLoader from 'dataloader';
import { notBlocked } from '../blocks/blocks.reads';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import { existsByLookup, literals, sql, type Sql } from '../database/sql';
import { PROMISED_LOAN_STATUSES } from '../loanStatus';
import type { User } from '../users/user.entity';
import { userColumns, type UserReadRow } from '../users/users.reads';

/**
 * Condition: both are active in one neighborhood, or the viewer is a steward where the user asks to join or
 * is suspended.
 */
const sharesNeighborhood = (user: Sql, viewerId: string): Sql =>
  existsByLookup(
    sql`from memberships as theirs cross join memberships as mine
    where theirs.user_id = ${user} and mine.user_id = ${viewerId} and mine.neighborhood_id = theirs.neighborhood_id
    and mine.status = 'ACTIVE'
    and (theirs.status = 'ACTIVE' or (mine.role = 'STEWARD' and theirs.status in ('PENDING', 'SUSPENDED')))`,
  );

/** Condition: the user and the viewer are the two sides of a loan that is approved or under way. */
const sharesLoan = (user: Sql, viewerId: string): Sql => {
  const promised = literals(PROMISED_LOAN_STATUSES);
  return sql`(${existsByLookup(sql`from loans l where l.borrower_id = ${user} and l.owner_id = ${viewerId} and l.status in (${promised})`)}
  or ${existsByLookup(sql`from loans l where l.owner_id = ${user} and l.borrower_id = ${viewerId} and l.status in (${promised})`)})`;
};

/**
 * Condition: the viewer can see the profile of the user in a column. The only place that decides it.
 * Visible are the viewer, neighbors, people who ask a steward to join or are suspended there, and the
 * other side of a loan that is approved or under way. A block hides all but the last.
 * @param user a column, as `u.id`
 */
export const isVisiblePerson = (user: Sql, viewerId: string): Sql =>
  sql`(${user} = ${viewerId} or ${sharesLoan(user, viewerId)}
  or (${notBlocked(user, viewerId)} and ${sharesNeighborhood(user, viewerId)}))`;

/** Users by their ids; null where the viewer cannot see one. */
export type PersonLoader = DataLoader<string, User | null>;

/** Creates the loader of the users whom the viewer can see, for one request; null for all others. */
export const createPersonLoader = (
  reads: Reads,
  viewerId: string,
): PersonLoader =>
  createLoader<UserReadRow, User | null>(
    reads,
    (ids) =>
      sql`select u.id as key, ${userColumns.list} from users u where u.id in (${ids})
      and u.deleted_at is null and ${isVisiblePerson(sql`u.id`, viewerId)}`,
    ([row]) => (row ? userColumns.toValue(row) : null),
  );

/** Users by their ids, of whom the viewer sees at least the name. */
type NamedPersonLoader = DataLoader<string, User>;

/**
 * Creates the loader of the users in records that the viewer can see: the sides of a loan, authors of
 * its messages, and a steward's memberships, invites and reports. Users whose profile the viewer cannot
 * see have a name there and nothing else.
 */
export const createNamedPersonLoader = (
  reads: Reads,
  viewerId: string,
): NamedPersonLoader =>
  createLoader<UserReadRow & { isVisible: number }, User>(
    reads,
    (ids) =>
      sql`select u.id as key, ${userColumns.list},
      case when ${isVisiblePerson(sql`u.id`, viewerId)} then 1 else 0 end as "isVisible"
      from users u where u.id in (${ids})`,
    ([row], id) => {
      if (!row) throw new Error(`No user ${id}: the foreign key does not hold`);
      const user = userColumns.toValue(row);
      return row.isVisible === 1 ? user : nameOnly(user);
    },
  );

/** Removes from a user all that a viewer who may only know the name must not see. */
const nameOnly = (user: User): User => ({ ...user, about: '', photoId: null });
