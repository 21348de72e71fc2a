import { answerToken, type Answer } from '../answerLinks/answerTokens';
import { text, type Text } from '../language/text';
import { pathWithToken } from '../mail/links';
import type { NotificationKind } from '../notifications/notification.entity';
import type { Signatures } from '../signatures';
import type { News } from './news';

/** Button of a mail or notification. */
export type NewsButton = {
  /** Name within the notification. */
  action: string;
  label: Text;
  /** Path of the page that it opens. */
  path: string;
};

/** Answers that each kind of notification asks for. */
const ANSWERS_BY_KIND: Partial<Record<NotificationKind, readonly Answer[]>> = {
  LOAN_REQUESTED: ['APPROVE', 'DECLINE'],
  EXTENSION_REQUESTED: ['APPROVE_EXTENSION', 'DECLINE_EXTENSION'],
};

const LABELS: Record<Answer, Text> = {
  APPROVE: text('news.approve'),
  DECLINE: text('news.decline'),
  APPROVE_EXTENSION: text('news.approve'),
  DECLINE_EXTENSION: text('news.decline'),
};

/** Returns the buttons with which a notification can be answered. */
export function newsButtons(
  signatures: Signatures,
  { kind, loan }: Pick<News, 'kind' | 'loan'>,
): NewsButton[] {
  if (!loan) return [];
  if (kind === 'MESSAGE_RECEIVED')
    return [
      {
        action: 'reply',
        label: text('news.reply'),
        path: `/loans/${loan.id}#messages`,
      },
    ];
  return (ANSWERS_BY_KIND[kind] ?? []).map((answer) => ({
    action: answer.toLowerCase(),
    label: LABELS[answer],
    path: pathWithToken(
      'ANSWER',
      answerToken(signatures, {
        loanId: loan.id,
        version: loan.version,
        answer,
      }),
    ),
  }));
}
