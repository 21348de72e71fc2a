import { byDay, onDay } from '../loans/loanMessages';
import type { LoanAction, TaskKind, TaskUrgency } from '../generated/types';

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
  /** Name of the reporter. */
  reporter: string;
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
      `${borrower} would like to borrow ${item}, ${days}.`,
    actions: ['APPROVE', 'DECLINE'],
  },
  HAND_OVER: {
    message: ({ borrower, item }) => `Hand ${item} over to ${borrower}.`,
    actions: ['HAND_OVER'],
  },
  ANSWER_EXTENSION: {
    message: ({ borrower, item, newDue }) =>
      `${borrower} would like to keep ${item} and bring it back ${newDue}.`,
    actions: ['APPROVE_EXTENSION', 'DECLINE_EXTENSION'],
  },
  CONFIRM_RETURN: {
    message: ({ borrower, item }) =>
      `${borrower} says that ${item} is back. Is it?`,
    actions: ['CONFIRM_RETURN', 'DISPUTE'],
  },
  PICK_UP: {
    message: ({ owner, item }) => `Pick up ${item} from ${owner}.`,
    actions: [],
  },
  RETURN_ITEM: {
    message: ({ owner, item }) => `Bring ${item} back to ${owner}.`,
    actions: ['CLAIM_RETURN', 'REQUEST_EXTENSION'],
  },
  ASK_FOR_RETURN: {
    message: ({ borrower, item }) => `${borrower} still has ${item}.`,
    actions: ['REMIND', 'CONFIRM_RETURN'],
  },
  WAIT_FOR_RETURN: {
    message: ({ owner, item }) =>
      `${item} is not back at ${owner}’s yet. We tell you when you can pick it up.`,
    actions: [],
  },
  SETTLE_DISPUTE: {
    message: ({ owner, borrower, item }) =>
      `Something went wrong with ${item} between ${owner} and ${borrower}. How did it end?`,
    actions: ['SETTLE_DISPUTE'],
  },
  REVIEW_MEMBERSHIP: {
    message: ({ applicant, neighborhood }) =>
      `${applicant} would like to join ${neighborhood}.`,
    actions: [],
  },
  REVIEW_REPORT: {
    message: ({ reporter, neighborhood }) =>
      `${reporter} reported something in ${neighborhood}.`,
    actions: [],
  },
};

/** Says what the due date of a task is about. */
export function dueMessage(
  kind: TaskKind,
  dueDate: string,
  today: string,
): string {
  if (kind === 'ANSWER_REQUEST') return `Answer by ${byDay(dueDate, today)}`;
  if (kind === 'HAND_OVER' || kind === 'PICK_UP')
    return `Agreed for ${byDay(dueDate, today)}`;
  return `${dueDate < today ? 'It was due' : 'Due'} ${onDay(dueDate, today)}`;
}

/** Heading of each group of tasks, the most urgent first. */
export const URGENCY_LABELS: Record<TaskUrgency, string> = {
  OVERDUE: 'Overdue',
  TODAY: 'Today',
  SOON: 'Soon',
  LATER: 'Later',
};
