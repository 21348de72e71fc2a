import type { EntityManager } from '../database/orm';
import { AttemptEntity } from './attempt.entity';

/**
 * Deletes expired counts. Counters ignore them anyway; this only frees their space.
 * @returns how many were deleted
 */
export const deleteExpiredAttempts = (
  em: EntityManager,
  now: Date,
): Promise<number> =>
  em.nativeDelete(AttemptEntity, { expire: { $lte: now.getTime() } });
