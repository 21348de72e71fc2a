import { v7 as uuidv7 } from 'uuid';
import type { EntityManager } from '../database/orm';
import { changeLoan } from '../loans/changeLoan';
import { LoanEntity } from '../loans/loan.entity';
import { notify } from '../notifications/notifications';
import { UserEntity } from '../users/user.entity';
import { MessageEntity, type Message } from './message.entity';

/**
 * Sends a message to the other side of a loan and notifies them. `loanRules.ts` decides who may
 * write when.
 * @param input as the schema's `@constraint`s left it
 * @throws UserErrors NOT_FOUND, NOT_ALLOWED; CONFLICT where the loan is over and the author suspended
 */
export async function sendMessage(
  em: EntityManager,
  authorId: string,
  { loanId, body }: { loanId: string; body: string },
): Promise<Message> {
  const message = { id: uuidv7(), authorId, body, createdAt: new Date() };
  const id = await changeLoan(
    em,
    authorId,
    'SEND_MESSAGE',
    loanId,
    (em, { id, neighborhoodId, borrowerId, ownerId }) => {
      em.create(MessageEntity, {
        id: message.id,
        loan: em.getReference(LoanEntity, id),
        author: em.getReference(UserEntity, authorId),
        body,
        createdAt: message.createdAt,
      });
      notify(em, {
        kind: 'MESSAGE_RECEIVED',
        recipientId: authorId === ownerId ? borrowerId : ownerId,
        actorId: authorId,
        loanId: id,
        messageId: message.id,
        neighborhoodId,
      });
      return Promise.resolve();
    },
  );
  return { ...message, loanId: id };
}
