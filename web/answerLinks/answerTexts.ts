import type { LoanAction } from '../generated/types';
import { t, type MessageId } from '../languages/texts';
import { formatDay } from '../ui/dates';

/** Request that a link answers. */
export type Question = {
  borrowerName: string;
  itemTitle: string;
  startDate: string;
  /** Last day, once the answer is yes. */
  dueDate: string;
};

/** Texts of an answer. Names within them are isolated. */
type AnswerTexts = {
  question: (request: Question) => string;
  explanation: (request: Question) => string;
  /** Label of the button that answers. */
  label: MessageId;
  done: (request: Question) => string;
};

/** Names in a request, as arguments of its texts. */
const namesOf = ({ itemTitle, borrowerName }: Question) => ({
  item: itemTitle,
  borrower: borrowerName,
});

const extendText = ({ dueDate }: Question) =>
  t('answerLinks.extendText', { day: formatDay(dueDate) });

const declined = ({ borrowerName }: Question) =>
  t('answerLinks.declined', { borrower: borrowerName });

/** Texts by answer. */
export const ANSWER_TEXTS = {
  APPROVE: {
    question: (request) => t('answerLinks.approveQuestion', namesOf(request)),
    explanation: ({ startDate, dueDate }) => {
      const start = formatDay(startDate);
      return startDate === dueDate
        ? t('answerLinks.approveTextOneDay', { start })
        : t('answerLinks.approveText', { start, end: formatDay(dueDate) });
    },
    label: 'answerLinks.approve',
    done: ({ borrowerName }) =>
      t('answerLinks.approved', { borrower: borrowerName }),
  },
  DECLINE: {
    question: ({ borrowerName }) =>
      t('answerLinks.declineQuestion', { borrower: borrowerName }),
    explanation: ({ itemTitle: item, startDate, dueDate }) => {
      const start = formatDay(startDate);
      return startDate === dueDate
        ? t('answerLinks.declineTextOneDay', { item, start })
        : t('answerLinks.declineText', {
            item,
            start,
            end: formatDay(dueDate),
          });
    },
    label: 'answerLinks.decline',
    done: declined,
  },
  APPROVE_EXTENSION: {
    question: (request) => t('answerLinks.extendQuestion', namesOf(request)),
    explanation: extendText,
    label: 'answerLinks.approve',
    done: ({ borrowerName }) =>
      t('answerLinks.extended', { borrower: borrowerName }),
  },
  DECLINE_EXTENSION: {
    question: (request) =>
      t('answerLinks.declineExtensionQuestion', namesOf(request)),
    explanation: extendText,
    label: 'answerLinks.decline',
    done: declined,
  },
} as const satisfies Partial<Record<LoanAction, AnswerTexts>>;

/** Answer that a link can give. */
export type Answer = keyof typeof ANSWER_TEXTS;

/** Tells whether an action on a loan is an answer that a link can give. */
export const isAnswer = (action: LoanAction): action is Answer =>
  action in ANSWER_TEXTS;
