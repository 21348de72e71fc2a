import type { LoanAction } from '../generated/types';
import { formatDay } from '../ui/dates';
import { isolate } from '../ui/isolate';

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
  label: string;
  done: (request: Question) => string;
};

const borrower = ({ borrowerName }: Question) => isolate(borrowerName);
const item = ({ itemTitle }: Question) => `“${isolate(itemTitle)}”`;
const days = ({ startDate, dueDate }: Question) =>
  startDate === dueDate
    ? `on ${formatDay(startDate)}`
    : `from ${formatDay(startDate)} to ${formatDay(dueDate)}`;
const until = ({ dueDate }: Question) => `until ${formatDay(dueDate)}`;

/** Texts by answer. */
export const ANSWER_TEXTS = {
  APPROVE: {
    question: (request) => `Lend ${item(request)} to ${borrower(request)}?`,
    explanation: (request) =>
      `They would like to have it ${days(request)}. If you approve, these days are booked, and they see your address and phone number.`,
    label: 'Approve',
    done: (request) => `Promised! We let ${borrower(request)} know.`,
  },
  DECLINE: {
    question: (request) => `Decline the request of ${borrower(request)}?`,
    explanation: (request) =>
      `They would like to have ${item(request)} ${days(request)}.`,
    label: 'Decline',
    done: (request) => `Declined. We let ${borrower(request)} know.`,
  },
  APPROVE_EXTENSION: {
    question: (request) =>
      `Let ${borrower(request)} keep ${item(request)} longer?`,
    explanation: (request) => `They would like to keep it ${until(request)}.`,
    label: 'Approve',
    done: (request) =>
      `${borrower(request)} can keep it longer. We let them know.`,
  },
  DECLINE_EXTENSION: {
    question: (request) =>
      `Decline to let ${borrower(request)} keep ${item(request)} longer?`,
    explanation: (request) => `They would like to keep it ${until(request)}.`,
    label: 'Decline',
    done: (request) => `Declined. We let ${borrower(request)} know.`,
  },
} satisfies Partial<Record<LoanAction, AnswerTexts>>;

/** Answer that a link can give. */
export type Answer = keyof typeof ANSWER_TEXTS;

/** Tells whether an action on a loan is an answer that a link can give. */
export const isAnswer = (action: LoanAction): action is Answer =>
  action in ANSWER_TEXTS;
