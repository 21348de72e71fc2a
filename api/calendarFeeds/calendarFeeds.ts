import { createHash, randomBytes } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '../database/orm';
import type { Reads } from '../database/reads';
import { inTransaction } from '../database/transaction';
import { Unauthenticated, UserErrors } from '../errors';
import { text } from '../language/text';
import { UserEntity } from '../users/user.entity';
import { CalendarFeedEntity } from './calendarFeed.entity';
import { findCalendarFeed } from './calendarFeeds.reads';

/** Interval at which the time of the last request is written. */
const WRITE_INTERVAL_MS = 60 * 60 * 1000;

/** Tells whether a text can be the token of a calendar: 256 bits as 43 characters that are safe in a URL. */
export const isCalendarToken = (text: string): boolean =>
  /^[\w-]{43}$/.test(text);

/**
 * Creates the calendar address of a user, of which only a hash is stored.
 * @param replace whether it replaces the present one, which then stops working
 * @returns the token of the address
 * @throws UserErrors CONFLICT where there is one already; Unauthenticated where the account has been
 * deleted
 */
export function createCalendarFeed(
  em: EntityManager,
  userId: string,
  replace: boolean,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  return inTransaction(em, async (em) => {
    // Requests of one user wait for each other, and for the deletion of the account.
    const user = await em.findOne(
      UserEntity,
      { id: userId, deletedAt: null },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!user) throw new Unauthenticated('TOKEN_REVOKED');
    if (!replace && (await em.count(CalendarFeedEntity, { user: userId })) > 0)
      throw new UserErrors({
        code: 'CONFLICT',
        message: text('calendarFeeds.exists'),
        field: null,
      });
    await em.nativeDelete(CalendarFeedEntity, { user: userId });
    await em.insert(CalendarFeedEntity, {
      user: userId,
      hash: hashOf(token),
      createdAt: new Date(),
      lastReadAt: null,
    });
    return token;
  });
}

/** Deletes the calendar address of a user, if there is one. */
export async function deleteCalendarFeed(
  em: EntityManager,
  userId: string,
): Promise<void> {
  await em.nativeDelete(CalendarFeedEntity, { user: userId });
}

/**
 * Finds the user of a calendar address.
 * @returns null where the address does not exist; `touch` records that it is read
 */
export async function openCalendarFeed(
  { em, reads }: { em: EntityManager; reads: Reads },
  token: string,
): Promise<{ userId: string; touch: (now: Date) => Promise<void> } | null> {
  const hash = hashOf(token);
  const feed = await findCalendarFeed(reads, hash);
  if (!feed) return null;
  const { userId, lastReadAt } = feed;
  return {
    userId,
    async touch(now) {
      if (now.getTime() - (lastReadAt?.getTime() ?? 0) < WRITE_INTERVAL_MS)
        return;
      // The address may have been replaced since.
      await em.nativeUpdate(
        CalendarFeedEntity,
        { user: userId, hash },
        { lastReadAt: now },
      );
    },
  };
}

/**
 * Builds the address of a calendar. Its token is in the path, as calendar apps send neither a fragment nor
 * a header; the request log has the route instead.
 * @param publicUrl origin of the web app, without a trailing slash
 */
export const calendarFeedUrl = (publicUrl: string, token: string): string =>
  `${publicUrl}/calendar/${token}.ics`;

/** Hashes a token: it is random and long, so one round without salt is enough. */
const hashOf = (token: string) =>
  createHash('sha256').update(token).digest('base64url');
