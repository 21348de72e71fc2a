import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { validate as isUuid } from 'uuid';
import type { EntityManager } from '../database/orm';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import { UserEntity, type User } from '../users/user.entity';
import { BlockEntity, MAX_BLOCKS } from './block.entity';

/**
 * Finds a user whom the viewer can see; null for all others. Passed in, as concepts downstream decide
 * visibility.
 */
export type FindPerson = (userId: string) => Promise<User | null>;

/**
 * Blocks a user, and keeps the names that the viewer knows them by. Blocking again changes nothing.
 * @returns the id of the blocked user
 * @throws UserErrors INVALID for the viewer themselves; LIMIT; NOT_FOUND, also for users invisible to the
 * viewer
 */
export async function blockUser(
  em: EntityManager,
  blockerId: string,
  userId: string,
  findPerson: FindPerson,
): Promise<string> {
  if (!isUuid(userId)) throw userNotFound();
  const own = { blocker: blockerId, blocked: userId.toLowerCase() };
  if (own.blocked === blockerId)
    throw new UserErrors({
      code: 'INVALID',
      message: text('blocks.self'),
      field: ['userId'],
    });
  // Blocked users are invisible to the viewer, so the block is looked for last: another request
  // may insert it in between.
  const person = await findPerson(own.blocked);
  if (!person) {
    if (await em.count(BlockEntity, own)) return own.blocked;
    throw userNotFound();
  }
  if ((await em.count(BlockEntity, { blocker: blockerId })) >= MAX_BLOCKS)
    throw new UserErrors({
      code: 'LIMIT',
      message: text('blocks.limit', { count: MAX_BLOCKS }),
      field: ['userId'],
    });
  em.create(BlockEntity, {
    blocker: em.getReference(UserEntity, blockerId),
    blocked: em.getReference(UserEntity, own.blocked),
    name: person.name,
    username: person.username,
  });
  try {
    await em.flush();
  } catch (error) {
    // Of two simultaneous requests one inserts the row, which is the result both want.
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
  }
  return own.blocked;
}

/**
 * Removes the viewer's block. Removing it again changes nothing.
 * @returns the id of the unblocked user
 * @throws UserErrors NOT_FOUND, also for users invisible to the viewer
 */
export async function unblockUser(
  em: EntityManager,
  blockerId: string,
  userId: string,
  findPerson: FindPerson,
): Promise<string> {
  if (!isUuid(userId)) throw userNotFound();
  const blocked = userId.toLowerCase();
  const ended = await em.nativeDelete(BlockEntity, {
    blocker: blockerId,
    blocked,
  });
  if (!ended && !(await findPerson(blocked))) throw userNotFound();
  return blocked;
}

const userNotFound = () =>
  new UserErrors({
    code: 'NOT_FOUND',
    message: text('blocks.notFound'),
    field: ['userId'],
  });
