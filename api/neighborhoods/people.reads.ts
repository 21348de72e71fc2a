import type DataLoader from 'dataloader';
import { notBlocked } from '../blocks/blocks.reads';
import { createLoader } from '../database/loading';
import type { Reads } from '../database/reads';
import type { User } from '../users/user.entity';
import { toUser, userColumns, type UserReadRow } from '../users/users.reads';

/** People by their ids; null for whoever the viewer cannot see. */
export type PersonLoader = DataLoader<string, User | null>;

/** Both are active in one neighborhood. It takes one parameter: the viewer's id. */
const NEIGHBOR = `exists (select 1 from memberships as theirs
  join memberships as mine on mine.neighborhood_id = theirs.neighborhood_id
  where theirs.user_id = u.id and theirs.status = 'ACTIVE'
  and mine.user_id = ? and mine.status = 'ACTIVE')`;

/** People by their ids, for one request: the viewer, and neighbors without a block between them. */
export const createPersonLoader = (
  reads: Reads,
  viewerId: string,
): PersonLoader =>
  createLoader<UserReadRow, User | null>(
    reads,
    (places) =>
      `select u.id as key, ${userColumns('u')} from users u where u.id in (${places})
      and (u.id = ? or (${NEIGHBOR} and ${notBlocked('u.id')}))`,
    ([row]) => (row ? toUser(row) : null),
    [viewerId, viewerId, viewerId, viewerId],
  );
