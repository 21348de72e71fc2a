import type { EntityManager } from '../database/orm';
import { Unauthenticated, UserErrors } from '../errors';
import { text } from '../language/text';
import type { Signatures } from '../signatures';
import type { Topic } from './topic';
import { updateTopic } from './topics';
import { readUnsubscribeToken } from './unsubscribeTokens';

/**
 * Ends the mails of a topic to the user of a token. Repeating it changes nothing, and neither does a token of a
 * deleted account.
 * @param token from the link in a mail
 * @returns the topic
 * @throws UserErrors INVALID for an invalid token
 */
export async function unsubscribe(
  { em, signatures }: { em: EntityManager; signatures: Signatures },
  token: string,
): Promise<Topic> {
  const found = readUnsubscribeToken(signatures, token);
  if (!found)
    throw new UserErrors({
      code: 'INVALID',
      message: text('errors.linkIncomplete'),
      field: ['token'],
    });
  const { userId, topic } = found;
  try {
    await updateTopic(em, userId, topic, { push: null, mail: false });
  } catch (error) {
    if (!(error instanceof Unauthenticated)) throw error;
  }
  return topic;
}
