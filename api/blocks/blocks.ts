import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { UserErrors } from '../errors';
import { UserEntity } from '../users/user.entity';
import { BlockEntity } from './block.entity';

/** Says whether the one who asks can see somebody: who can see whom is known further down the house. */
export type CanSee = (userId: string) => Promise<boolean>;

/**
 * Blocks somebody; once more changes nothing.
 * @returns the id of the person who is blocked
 * @throws UserErrors INVALID for oneself; NOT_FOUND, also where one cannot see them
 */
export async function blockPerson(
  em: EntityManager,
  blockerId: string,
  userId: string,
  canSee: CanSee,
): Promise<string> {
  if (!isUuid(userId)) throw userNotFound();
  const own = { blocker: blockerId, blocked: userId.toLowerCase() };
  if (own.blocked === blockerId)
    throw new UserErrors({
      code: 'INVALID',
      message: 'You cannot block yourself',
      field: ['userId'],
    });
  if (await em.count(BlockEntity, own)) return own.blocked;
  if (!(await canSee(own.blocked))) throw userNotFound();
  em.create(BlockEntity, {
    blocker: em.getReference(UserEntity, blockerId),
    blocked: em.getReference(UserEntity, own.blocked),
  });
  try {
    await em.flush();
  } catch (error) {
    // Of two clicks at once, one blocks, and that is what both wanted.
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
  }
  return own.blocked;
}

/**
 * Takes back a block of one's own; once more changes nothing.
 * @returns the id of the person who is blocked no more
 * @throws UserErrors NOT_FOUND, also where one cannot see them
 */
export async function unblockPerson(
  em: EntityManager,
  blockerId: string,
  userId: string,
  canSee: CanSee,
): Promise<string> {
  if (!isUuid(userId)) throw userNotFound();
  const blocked = userId.toLowerCase();
  const ended = await em.nativeDelete(BlockEntity, {
    blocker: blockerId,
    blocked,
  });
  if (!ended && !(await canSee(blocked))) throw userNotFound();
  return blocked;
}

const userNotFound = () =>
  new UserErrors({
    code: 'NOT_FOUND',
    message: 'You know nobody with this id',
    field: ['userId'],
  });
