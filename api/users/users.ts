import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '../database/orm';
import { UserEntity, type UserRow } from './user.entity';

/** What a person says about themselves; address and phone are for the other side of a loan. */
export type ProfileInput = {
  name?: string | null;
  about?: string | null;
  address?: string | null;
  phone?: string | null;
};

/**
 * Changes what neighbors read about a person, within a transaction. What is missing or null stays as
 * it is.
 * @param input as the schema's `@constraint`s left it
 * @returns null where there is no such person any more
 */
export async function updateProfile(
  em: EntityManager,
  userId: string,
  input: ProfileInput,
): Promise<UserRow | null> {
  // Not while they delete their account: nothing is to be written into what is left of them.
  const user = await em.findOne(
    UserEntity,
    { id: userId, deletedAt: null },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!user) return null;
  user.name = input.name ?? user.name;
  user.about = input.about ?? user.about;
  user.address = input.address ?? user.address;
  user.phone = input.phone ?? user.phone;
  await em.flush();
  return user;
}
