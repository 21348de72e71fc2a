import type { Day } from '../calendar';

/** What to do. */
export type TaskKind =
  | 'ANSWER_REQUEST'
  | 'HAND_OVER'
  | 'ANSWER_EXTENSION'
  | 'CONFIRM_RETURN'
  | 'PICK_UP'
  | 'RETURN_ITEM'
  | 'SETTLE_DISPUTE'
  | 'REVIEW_MEMBERSHIP'
  | 'REVIEW_REPORT';

/** How urgent it is, the most urgent first. */
export const URGENCIES = ['OVERDUE', 'TODAY', 'SOON', 'LATER'] as const;

/** One of the urgencies. */
export type TaskUrgency = (typeof URGENCIES)[number];

/** The `Task` of schema.graphql: derived whenever somebody asks, and never stored. */
export type Task = {
  /** Kind and subject, so that it stays the same as long as the task does. */
  id: string;
  kind: TaskKind;
  urgency: TaskUrgency;
  dueDate: Day | null;
  loanId: string | null;
  membershipId: string | null;
  reportId: string | null;
};
