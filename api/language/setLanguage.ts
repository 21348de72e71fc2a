import type { EntityManager } from '../database/orm';
import { UserEntity } from '../users/user.entity';
import type { Language } from './language';

/** Sets the language of a user, unless the account has just been deleted. */
export const setLanguage = async (
  em: EntityManager,
  userId: string,
  language: Language,
): Promise<void> => {
  await em.nativeUpdate(
    UserEntity,
    { id: userId, deletedAt: null },
    { language },
  );
};
