import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { Unauthenticated, UserErrors } from '../errors';
import { text } from '../language/text';
import { UserEntity } from '../users/user.entity';
import type { Reads } from '../database/reads';
import { isPushed, type Topic } from './topic';
import { readSettings, saveChoice, type DeliveryChoices } from './topics.reads';

/** Changed channels of a topic; null leaves one as it is. */
export type TopicChange = { push: boolean | null; mail: boolean | null };

/** Reads the viewer's settings, also for mutations of other concepts that change a part of them. */
export const readDeliverySettings = ({
  reads,
  viewer,
}: {
  reads: Reads;
  viewer: { userId: string };
}): Promise<DeliveryChoices> => readSettings(reads, viewer.userId);

/**
 * Changes how a topic reaches a user.
 * @throws UserErrors INVALID where a topic is to be pushed that never is
 * @throws Unauthenticated where the account has been deleted
 */
export async function updateTopic(
  em: EntityManager,
  userId: string,
  topic: Topic,
  change: TopicChange,
): Promise<void> {
  if (change.push && !isPushed(topic))
    throw new UserErrors({
      code: 'INVALID',
      message: text('topics.digestOnlyByMail'),
      field: ['push'],
    });
  await inTransaction(em, async (em) => {
    const { mail } = change;
    await updateUser(em, userId, {
      // See `isWanted()`.
      ...(topic === 'DUE_DATES' && mail !== null && { remindersByEmail: mail }),
    });
    await saveChoice(em, userId, topic, change);
  });
}

/**
 * Changes the settings for all topics. What is omitted stays as it is.
 * @throws Unauthenticated where the account has been deleted
 */
export const updateDeliverySettings = (
  em: EntityManager,
  userId: string,
  changes: { quietNights?: boolean; messagePreviews?: boolean },
): Promise<void> => updateUser(em, userId, changes);

async function updateUser(
  em: EntityManager,
  id: string,
  changes: {
    quietNights?: boolean;
    messagePreviews?: boolean;
    remindersByEmail?: boolean;
  },
): Promise<void> {
  const own = { id, deletedAt: null };
  const found =
    Object.keys(changes).length > 0
      ? await em.nativeUpdate(UserEntity, own, changes)
      : await em.count(UserEntity, own);
  if (!found) throw new Unauthenticated('TOKEN_REVOKED');
}
