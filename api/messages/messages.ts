import { v7 as uuidv7 } from 'uuid';
import type { EntityManager } from '../database/orm';
import { changeLoan } from '../loans/changeLoan';
import { UserErrors } from '../errors';
import { text } from '../language/text';
import { LoanEntity } from '../loans/loan.entity';
import { notify } from '../notifications/notifications';
import { UserEntity } from '../users/user.entity';
import { MessageEntity } from './message.entity';

/** Maximum number of messages of a person about a loan. */
const MAX_MESSAGES = 1000;

/**
 * Sends a message to the other side of a loan and notifies them. `loanRules.ts` decides who may
 * write when.
 * @param input as the schema's `@constraint`s left it
 * @returns the ids of the message and of its loan, in lower case
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; CONFLICT where the loan is over and the author suspended;
 * LIMIT
 */
export async function sendMessage(
  em: EntityManager,
  authorId: string,
  { loanId, body }: { loanId: string; body: string },
): Promise<{ messageId: string; loanId: string }> {
  const messageId = uuidv7();
  const id = await changeLoan(
    em,
    authorId,
    'SEND_MESSAGE',
    loanId,
    async (em, { id, neighborhoodId, borrowerId, ownerId }) => {
      await assertMessageLimit(em, authorId, id);
      em.create(MessageEntity, {
        id: messageId,
        loan: em.getReference(LoanEntity, id),
        author: em.getReference(UserEntity, authorId),
        body,
        createdAt: new Date(),
      });
      await notify(em, {
        kind: 'MESSAGE_RECEIVED',
        recipientId: authorId === ownerId ? borrowerId : ownerId,
        actorId: authorId,
        loanId: id,
        messageId,
        neighborhoodId,
      });
    },
  );
  return { messageId, loanId: id };
}

/** @throws UserErrors LIMIT */
async function assertMessageLimit(
  em: EntityManager,
  author: string,
  loan: string,
): Promise<void> {
  if ((await em.count(MessageEntity, { author, loan })) >= MAX_MESSAGES)
    throw new UserErrors({
      code: 'LIMIT',
      message: text('messages.limit', { count: MAX_MESSAGES }),
      field: null,
    });
}
