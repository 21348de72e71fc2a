import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { UserErrors } from '../errors';
import type { Blocklist } from './blocklist';
import { SessionEntity } from './session.entity';

type SessionDependencies = { em: EntityManager; blocklist: Blocklist };

/**
 * How long a session is kept that is over, in milliseconds. As long as a token of it can be alive,
 * the blocklist needs it: that is a day at most (`ACCESS_TOKEN_SECONDS`).
 */
const RETENTION_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * Ends a session of this person's; one that has ended stays so. The owner is in the query.
 * @returns the session's id as it is kept
 * @throws UserErrors NOT_FOUND
 */
export async function revokeSession(
  { em, blocklist }: SessionDependencies,
  userId: string,
  sessionId: string,
): Promise<string> {
  const own = { id: sessionId.toLowerCase(), user: userId };
  if (!isUuid(own.id) || !(await em.count(SessionEntity, own)))
    throw new UserErrors({
      code: 'NOT_FOUND',
      message: 'You have no session with this id',
      field: ['sessionId'],
    });
  await em.nativeUpdate(
    SessionEntity,
    { ...own, revokedAt: null },
    { revokedAt: new Date() },
  );
  blocklist.add(own.id);
  return own.id;
}

/**
 * Ends all sessions of this person's but one.
 * @returns how many they were
 */
export async function revokeOtherSessions(
  { em, blocklist }: SessionDependencies,
  userId: string,
  sessionId: string,
): Promise<number> {
  const revoked = await endSessions(em, userId, sessionId);
  for (const id of revoked) blocklist.add(id);
  return revoked.length;
}

/**
 * Ends a person's open sessions in the table. They go on until the caller has told the blocklist,
 * which is to be done after the commit.
 * @param except the session that stays; null for none
 * @returns their ids
 */
export async function endSessions(
  em: EntityManager,
  userId: string,
  except: string | null,
): Promise<string[]> {
  const revokedAt = new Date();
  await em.nativeUpdate(
    SessionEntity,
    {
      user: userId,
      revokedAt: null,
      expiresAt: { $gt: revokedAt },
      ...(except && { id: { $ne: except } }),
    },
    { revokedAt },
  );
  const ended = await em.find(
    SessionEntity,
    { user: userId, revokedAt },
    { fields: ['id'], disableIdentityMap: true },
  );
  return ended.map(({ id }) => id);
}

/**
 * Deletes the sessions that have been over for so long that no token of theirs can be alive. It may
 * run anywhere at once.
 */
export async function deleteEndedSessions(
  em: EntityManager,
  now: Date,
): Promise<void> {
  const before = new Date(now.getTime() - RETENTION_MS);
  await em.nativeDelete(SessionEntity, {
    $or: [{ revokedAt: { $lt: before } }, { expiresAt: { $lt: before } }],
  });
}
