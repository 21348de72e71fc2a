import { t } from '../languages/texts';
import { onDay } from '../loans/loanMessages';
import { relativeDay } from '../ui/dates';
import type { LoanAction, TaskKind } from '../generated/types';

/** Names and dates that messages about a task contain. Fields that do not apply are empty. */
export type TaskFacts = {
  item: string;
  borrower: string;
  owner: string;
  /** The days of the loan, formatted. */
  days: string;
  /** The requested new due date, formatted. */
  newDue: string;
  /** Name of the user who wants to join. */
  applicant: string;
  /** Name of the reporter; null if the viewer may not know it. */
  reporter: string | null;
  neighborhood: string;
};

/** Text of each task, and the actions it offers in place; other actions are on its page. */
export type TaskMessage = {
  message: (facts: TaskFacts) => string;
  actions: readonly LoanAction[];
};

/** Message and buttons of each kind of task. */
export const TASK_MESSAGES: Record<TaskKind, TaskMessage> = {
  ANSWER_REQUEST: {
    message: ({ borrower, item, days }) =>
      t('tasks.answerRequest', { borrower, item, days }),
    actions: ['APPROVE', 'DECLINE'],
  },
  HAND_OVER: {
    message: ({ borrower, item }) => t('tasks.handOver', { borrower, item }),
    actions: ['HAND_OVER'],
  },
  ANSWER_EXTENSION: {
    message: ({ borrower, item, newDue }) =>
      t('tasks.answerExtension', { borrower, item, newDue }),
    actions: ['APPROVE_EXTENSION', 'DECLINE_EXTENSION'],
  },
  CONFIRM_RETURN: {
    message: ({ borrower, item }) =>
      t('tasks.confirmReturn', { borrower, item }),
    actions: ['CONFIRM_RETURN', 'DISPUTE'],
  },
  PICK_UP: {
    message: ({ owner, item }) => t('tasks.pickUp', { owner, item }),
    actions: [],
  },
  RETURN_ITEM: {
    message: ({ owner, item }) => t('tasks.returnItem', { owner, item }),
    actions: ['CLAIM_RETURN', 'REQUEST_EXTENSION'],
  },
  ASK_FOR_RETURN: {
    message: ({ borrower, item }) =>
      t('tasks.askForReturn', { borrower, item }),
    actions: ['REMIND', 'CONFIRM_RETURN'],
  },
  WAIT_FOR_RETURN: {
    message: ({ owner, item }) => t('tasks.waitForReturn', { owner, item }),
    actions: [],
  },
  SETTLE_DISPUTE: {
    message: ({ owner, borrower, item }) =>
      t('tasks.settleDispute', { owner, borrower, item }),
    actions: ['SETTLE_DISPUTE'],
  },
  REVIEW_MEMBERSHIP: {
    message: ({ applicant, neighborhood }) =>
      t('tasks.reviewMembership', { applicant, neighborhood }),
    actions: [],
  },
  REVIEW_REPORT: {
    message: ({ reporter, neighborhood }) =>
      reporter == null
        ? t('tasks.reviewAnonymousReport', { neighborhood })
        : t('tasks.reviewReport', { reporter, neighborhood }),
    actions: [],
  },
};

/** Says what the due date of a task is about. */
export function dueMessage(
  kind: TaskKind,
  dueDate: string,
  today: string,
): string {
  if (kind === 'ANSWER_REQUEST')
    return t('tasks.answerBy', { day: relativeDay(dueDate, today) });
  if (kind === 'HAND_OVER' || kind === 'PICK_UP')
    return t('tasks.agreedFor', { day: relativeDay(dueDate, today) });
  return t(dueDate < today ? 'tasks.wasDue' : 'tasks.due', {
    day: onDay(dueDate, today),
  });
}
