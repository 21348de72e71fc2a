import type { EntityManager } from '../database/orm';
import { AttemptEntity } from './attempt.entity';

/**
 * Sweeps away what was counted and is over. What `createCounter` finds there it takes for nothing
 * anyway: this is for the room alone.
 * @returns how much it was
 */
export const deleteExpiredAttempts = (
  em: EntityManager,
  now: Date,
): Promise<number> =>
  em.nativeDelete(AttemptEntity, { expire: { $lte: now.getTime() } });
