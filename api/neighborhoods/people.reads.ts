import type DataLoader from 'dataloader';
import { notBlocked } from '../blocks/blocks.reads';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import { sql } from '../database/sql';
import type { User } from '../users/user.entity';
import { userColumns, type UserReadRow } from '../users/users.reads';

/** Users by their ids; null where the viewer cannot see one. */
export type PersonLoader = DataLoader<string, User | null>;

/** Condition: the viewer and `u` are active in the same neighborhood. */
const isNeighbor = (
  viewerId: string,
) => sql`exists (select 1 from memberships as theirs
  join memberships as mine on mine.neighborhood_id = theirs.neighborhood_id
  where theirs.user_id = u.id and theirs.status = 'ACTIVE'
  and mine.user_id = ${viewerId} and mine.status = 'ACTIVE')`;

/** People by their ids, for one request: the viewer, and neighbors without a block between them. */
export const createPersonLoader = (
  reads: Reads,
  viewerId: string,
): PersonLoader =>
  createLoader<UserReadRow, User | null>(
    reads,
    (ids) =>
      sql`select u.id as key, ${userColumns.list} from users u where u.id in (${ids})
      and (u.id = ${viewerId} or (${isNeighbor(viewerId)} and ${notBlocked(sql`u.id`, viewerId)}))`,
    ([row]) => (row ? userColumns.toValue(row) : null),
  );
