import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '../database/orm';
import { UserEntity, type UserRow } from './user.entity';

/** The texts of a profile; address and phone are for the other side of a loan. */
export type ProfileInput = {
  name?: string | null;
  about?: string | null;
  address?: string | null;
  phone?: string | null;
};

/**
 * Changes the texts of a profile, within a transaction. Missing fields stay as they are. Null removes
 * the address and the phone number.
 * @param input as the schema's `@constraint`s left it
 * @returns the row, locked; null where the account no longer exists
 */
export async function updateProfile(
  em: EntityManager,
  userId: string,
  input: ProfileInput,
): Promise<UserRow | null> {
  // Locked against a concurrent deletion, as no personal data may be written to the remaining row.
  const user = await em.findOne(
    UserEntity,
    { id: userId, deletedAt: null },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!user) return null;
  user.name = input.name ?? user.name;
  user.about = input.about ?? user.about;
  if (input.address !== undefined) user.address = input.address ?? '';
  if (input.phone !== undefined) user.phone = input.phone ?? '';
  await em.flush();
  return user;
}
