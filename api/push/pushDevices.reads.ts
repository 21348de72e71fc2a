import type { EntityManager } from '../database/orm';
import { execute, type Reads } from '../database/reads';
import { empty, join, sql, type Sql } from '../database/sql';
import { DEFAULT_LANGUAGE, type Language } from '../language/language';
import { columnsOf, type RowOf } from '../database/columns';
import { PushDeviceEntity, type PushDevice } from './pushDevice.entity';

/** Maximum number of browsers of a user. */
const MAX_PUSH_DEVICES = 20;

/** Columns of a `PushDevice` out of `push_devices d`. */
const columns = columnsOf(PushDeviceEntity, 'd', {
  only: ['id', 'sessionId', 'createdAt', 'lastSentAt'],
});

/** Selects from the devices `d` of a user whose session is active. */
const activeDevicesOf = (userId: string): Sql =>
  sql`from push_devices d join sessions s on s.id = d.session_id
  where d.user_id = ${userId} and s.revoked_at is null and s.expires_at > ${new Date()}`;

/** Reads the browsers of a user that get pushes, newest first. */
export async function readPushDevices(
  reads: Reads,
  userId: string,
): Promise<PushDevice[]> {
  const rows = await reads.all<RowOf<typeof columns> & { userAgent: string }>(
    sql`select ${columns.list}, s.user_agent as "userAgent" ${activeDevicesOf(userId)}
    order by d.id desc limit ${MAX_PUSH_DEVICES}`,
  );
  return rows.map(({ userAgent, ...row }) => ({
    ...columns.toValue(row),
    userAgent,
  }));
}

/** A subscription of a user's session, to be stored. */
type NewPushDevice = {
  id: string;
  userId: string;
  sessionId: string;
  endpoint: string;
  p256dh: string;
  auth: string;
};

/**
 * Inserts a subscription. One with the same endpoint moves to the user and the session, if it was theirs
 * or has the same secret, which only that browser knows.
 * @returns how many rows were written: 0 or 1
 */
export const savePushDevice = (
  em: EntityManager,
  { id, userId, sessionId, endpoint, p256dh, auth }: NewPushDevice,
): Promise<number> =>
  execute(
    em,
    sql`insert into push_devices (id, user_id, session_id, endpoint, p256dh, auth, created_at)
    values (${id}, ${userId}, ${sessionId}, ${endpoint}, ${p256dh}, ${auth}, ${new Date()})
    on conflict (endpoint) do update
    set user_id = excluded.user_id, session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth
    where push_devices.user_id = excluded.user_id or push_devices.auth = excluded.auth`,
  );

/** Deletes other subscriptions of the session, and the oldest beyond the maximum of the user. */
export const trimPushDevices = (
  em: EntityManager,
  {
    userId,
    sessionId,
    endpoint,
  }: Pick<NewPushDevice, 'userId' | 'sessionId' | 'endpoint'>,
): Promise<number> =>
  execute(
    em,
    sql`delete from push_devices where user_id = ${userId} and endpoint <> ${endpoint}
    and (session_id = ${sessionId} or id not in (select id from push_devices where user_id = ${userId}
      order by id desc limit ${MAX_PUSH_DEVICES}))`,
  );

/** Where a push is sent, and how it is encrypted. */
export type PushTarget = {
  id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  /** Of the user. */
  language: Language;
};

/** Reads the browsers of a user to which pushes are sent: some of them, or all where ids are null. */
export async function readPushTargets(
  reads: Reads,
  userId: string,
  ids: readonly string[] | null,
): Promise<PushTarget[]> {
  const rows = await reads.all<
    Omit<PushTarget, 'language'> & { language: Language | null }
  >(
    sql`select d.id, d.endpoint, d.p256dh, d.auth,
      (select u.language from users u where u.id = d.user_id) as language ${activeDevicesOf(userId)}
    ${ids === null ? empty : sql`and d.id in (${join([...ids])})`}`,
  );
  return rows.map((row) => ({
    ...row,
    language: row.language ?? DEFAULT_LANGUAGE,
  }));
}
