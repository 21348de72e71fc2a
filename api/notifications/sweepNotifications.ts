import type { FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import {
  NotificationEntity,
  type NotificationRow,
} from './notification.entity';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long read notifications are kept. */
const READ_TTL_MS = 90 * DAY_MS;
/** How long unread notifications are kept: long, for users who come back after months. */
const UNREAD_TTL_MS = 365 * DAY_MS;
/** How long withdrawn notifications are kept, for open pages that show them. */
const WITHDRAWN_TTL_MS = DAY_MS;
/** How many are deleted at once: a transaction should not be long. */
const BATCH_SIZE = 500;

/**
 * Deletes old notifications. Several servers may run it at once: rows that another one has deleted
 * are skipped.
 */
export async function sweepNotifications(
  em: EntityManager,
  now: Date,
): Promise<void> {
  const before = (age: number) => ({ $lt: new Date(now.getTime() - age) });
  // One after the other, as each is read along an index of its own.
  await sweep(em, 'createdAt', {
    createdAt: before(READ_TTL_MS),
    readAt: { $ne: null },
  });
  await sweep(em, 'createdAt', { createdAt: before(UNREAD_TTL_MS) });
  await sweep(em, 'withdrawnAt', { withdrawnAt: before(WITHDRAWN_TTL_MS) });
}

async function sweep(
  em: EntityManager,
  oldestBy: 'createdAt' | 'withdrawnAt',
  which: FilterQuery<NotificationRow>,
): Promise<void> {
  let found: number;
  do {
    found = await inTransaction(em, async (em) => {
      const old = await em.find(NotificationEntity, which, {
        fields: ['id'],
        // The same order on every server prevents deadlocks.
        orderBy: { [oldestBy]: 'asc' },
        limit: BATCH_SIZE,
      });
      const ids = old.map(({ id }) => id);
      if (ids.length > 0)
        await em.nativeDelete(NotificationEntity, { id: { $in: ids } });
      return old.length;
    });
  } while (found === BATCH_SIZE);
}
