import type { Day } from '../calendar';
import type { TaskKind, TaskUrgency } from '../generated/types';

export type { TaskKind, TaskUrgency };

/** Urgencies of tasks, the most urgent first. */
export const URGENCIES = [
  'OVERDUE',
  'TODAY',
  'SOON',
  'LATER',
] as const satisfies readonly TaskUrgency[];

/** The `Task` of schema.graphql: derived on demand, and never stored. */
export type Task = {
  /** Kind and subject, so that it stays the same as long as the task is open. */
  id: string;
  kind: TaskKind;
  urgency: TaskUrgency;
  dueDate: Day | null;
  loanId: string | null;
  membershipId: string | null;
  reportId: string | null;
};
