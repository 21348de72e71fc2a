import DataLoader from 'dataloader';
import { columnsOf, type RowOf } from '../database/columns';
import type { Reads } from '../database/reads';
import { sql } from '../database/sql';
import { SessionEntity, type Session } from './session.entity';

/** Maximum number of sessions shown to a user. */
const MAX_SESSIONS = 100;

/** Columns of a `Session` out of `sessions s`. */
const columns = columnsOf(SessionEntity, 's', {
  only: ['id', 'userAgent', 'createdAt', 'lastUsedAt', 'expiresAt'],
});
type Row = RowOf<typeof columns>;

/**
 * Creates the loader of the open sessions of a user by the id of one of them: that one first, then the
 * most recently used. A request asks for one only.
 */
export const createSessionLoader = (
  reads: Reads,
): DataLoader<string, Session[]> =>
  new DataLoader((ids) =>
    Promise.all(ids.map((id) => readSessions(reads, id))),
  );

async function readSessions(reads: Reads, id: string): Promise<Session[]> {
  const rows = await reads.all<Row>(
    sql`select ${columns.list}
    from sessions mine join sessions s on s.user_id = mine.user_id
    where mine.id = ${id} and s.revoked_at is null and s.expires_at > ${new Date()}
    order by case when s.id = mine.id then 0 else 1 end, s.last_used_at desc, s.id desc limit ${MAX_SESSIONS}`,
  );
  return rows.map(columns.toValue);
}

/** Reads the ids of the sessions that were revoked after a moment. */
export async function readRevokedSince(
  reads: Reads,
  moment: Date,
): Promise<string[]> {
  const rows = await reads.all<{ id: string }>(
    sql`select id from sessions where revoked_at > ${moment}`,
  );
  return rows.map(({ id }) => id);
}
