import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import type { Blocklist } from './blocklist';
import { SessionEntity } from './session.entity';

type SessionDependencies = { em: EntityManager; blocklist: Blocklist };

/**
 * How long ended sessions are kept. The blocklist needs them while their tokens can be valid: a day at
 * most (`ACCESS_TOKEN_SECONDS`).
 */
const RETENTION_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * Revokes a session of a user; one that has ended stays as it is.
 * @returns the session's id as stored
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
      message: text('sessions.notFound'),
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
 * Revokes all sessions of a user but one.
 * @returns how many were revoked
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
 * Revokes a user's active sessions in the table. The caller must add them to the blocklist after the
 * commit, or they remain usable until the next poll.
 * @param except the session to keep; null for none
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

/** Deletes sessions that ended so long ago that their tokens have expired. Safe to run concurrently. */
export async function deleteEndedSessions(
  em: EntityManager,
  now: Date,
): Promise<void> {
  const before = new Date(now.getTime() - RETENTION_MS);
  await em.nativeDelete(SessionEntity, {
    $or: [{ revokedAt: { $lt: before } }, { expiresAt: { $lt: before } }],
  });
}
