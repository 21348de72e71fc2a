import type { LoanAction, TaskKind, TaskUrgency } from '../generated/types';

/** What sentences about a task are made of. What it is not about is empty. */
export type TaskFacts = {
  thing: string;
  borrower: string;
  owner: string;
  /** The days of the loan, as people say them. */
  days: string;
  /** Until when it is wished to be kept. */
  newDue: string;
  /** Who wants to join. */
  newcomer: string;
  /** Who reported something. */
  reporter: string;
  place: string;
};

/** What to do, and with which buttons right here; for the others one goes to the page. */
export type TaskWords = {
  sentence: (facts: TaskFacts) => string;
  actions: readonly LoanAction[];
};

/** What each task asks for. */
export const TASKS: Record<TaskKind, TaskWords> = {
  ANSWER_REQUEST: {
    sentence: ({ borrower, thing, days }) =>
      `${borrower} would like to borrow ${thing}, ${days}.`,
    actions: ['APPROVE', 'DECLINE'],
  },
  HAND_OVER: {
    sentence: ({ borrower, thing }) => `Hand ${thing} over to ${borrower}.`,
    actions: ['HAND_OVER'],
  },
  ANSWER_EXTENSION: {
    sentence: ({ borrower, thing, newDue }) =>
      `${borrower} would like to keep ${thing} and bring it back ${newDue}.`,
    actions: ['APPROVE_EXTENSION', 'DECLINE_EXTENSION'],
  },
  CONFIRM_RETURN: {
    sentence: ({ borrower, thing }) =>
      `${borrower} says that ${thing} is back. Is it?`,
    actions: ['CONFIRM_RETURN', 'DISPUTE'],
  },
  PICK_UP: {
    sentence: ({ owner, thing }) => `Pick up ${thing} from ${owner}.`,
    actions: [],
  },
  RETURN_ITEM: {
    sentence: ({ owner, thing }) => `Bring ${thing} back to ${owner}.`,
    actions: ['CLAIM_RETURN', 'REQUEST_EXTENSION'],
  },
  SETTLE_DISPUTE: {
    sentence: ({ owner, borrower, thing }) =>
      `Something went wrong with ${thing} between ${owner} and ${borrower}. How did it end?`,
    actions: ['SETTLE_DISPUTE'],
  },
  REVIEW_MEMBERSHIP: {
    sentence: ({ newcomer, place }) =>
      `${newcomer} would like to join ${place}.`,
    actions: [],
  },
  REVIEW_REPORT: {
    sentence: ({ reporter, place }) =>
      `${reporter} reported something in ${place}.`,
    actions: [],
  },
};

/** What each group of tasks is called, the most urgent first. */
export const URGENCIES: Record<TaskUrgency, string> = {
  OVERDUE: 'Overdue',
  TODAY: 'Today',
  SOON: 'Soon',
  LATER: 'Later',
};
