import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { NotificationEntity } from './notification.entity';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long what was read is kept, in milliseconds. */
const READ_TTL_MS = 90 * DAY_MS;
/** How long what was never read is kept: whoever was away for long finds what happened meanwhile. */
const UNREAD_TTL_MS = 365 * DAY_MS;
/** How many are deleted at once: a transaction should not be long. */
const BATCH_SIZE = 500;

/**
 * Deletes the notifications that nobody will look for any more. It may run anywhere at once: what
 * another server has deleted meanwhile is passed over.
 */
export async function sweepNotifications(
  em: EntityManager,
  now: Date,
): Promise<void> {
  const before = (age: number) => new Date(now.getTime() - age);
  let found: number;
  do {
    found = await inTransaction(em, async (em) => {
      const old = await em.find(
        NotificationEntity,
        {
          createdAt: { $lt: before(READ_TTL_MS) },
          $or: [
            { readAt: { $ne: null } },
            { createdAt: { $lt: before(UNREAD_TTL_MS) } },
          ],
        },
        // In one order everywhere, so that nobody waits for each other.
        { fields: ['id'], orderBy: { createdAt: 'asc' }, limit: BATCH_SIZE },
      );
      const ids = old.map(({ id }) => id);
      await em.nativeDelete(NotificationEntity, { id: { $in: ids } });
      return old.length;
    });
  } while (found === BATCH_SIZE);
}
