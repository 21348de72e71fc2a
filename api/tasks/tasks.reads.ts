import type { Reads } from '../database/reads';
import { sql, type Sql } from '../database/sql';
import { readOpenLoans, type OpenLoan } from '../loans/loans.reads';
import { judgedBy } from '../reports/reports.reads';
import { byUrgency, tasksOf } from './loanTasks';
import type { Task } from './task';

/** Most tasks that are shown. */
const MAX_TASKS = 25;
/** Most open loans that are searched for tasks. */
const MAX_LOANS = 500;

/**
 * Reads the viewer's tasks, the most urgent first, and the loans that were searched for them, with three
 * statements.
 */
export async function readTasks(
  reads: Reads,
  viewerId: string,
): Promise<{ tasks: Task[]; loans: OpenLoan[] }> {
  const now = new Date();
  const [loans, memberships, reports] = await Promise.all([
    readOpenLoans(reads, viewerId, MAX_LOANS),
    readIds(reads, requestsToJoin(viewerId)),
    readIds(reads, openReports(viewerId)),
  ]);
  const tasks = [
    ...loans.flatMap((loan) => tasksOf(loan, now)),
    ...memberships.map((id) => review('REVIEW_MEMBERSHIP', id)),
    ...reports.map((id) => review('REVIEW_REPORT', id)),
  ]
    .sort(byUrgency)
    .slice(0, MAX_TASKS);
  return { tasks, loans };
}

/** Condition: the viewer is a steward, by the membership `s`. */
const isSteward = (viewerId: string) =>
  sql`s.user_id = ${viewerId} and s.status = 'ACTIVE' and s.role = 'STEWARD'`;

const requestsToJoin = (viewerId: string) => sql`select m.id from memberships s
  join memberships m on m.neighborhood_id = s.neighborhood_id and m.status = 'PENDING'
  where ${isSteward(viewerId)} order by m.id limit ${MAX_TASKS}`;
const openReports = (viewerId: string) => sql`select r.id from memberships s
  join reports r on r.neighborhood_id = s.neighborhood_id and r.status = 'OPEN'
  where ${isSteward(viewerId)} and ${judgedBy('s')} order by r.id limit ${MAX_TASKS}`;

async function readIds(reads: Reads, query: Sql): Promise<string[]> {
  const rows = await reads.all<{ id: string }>(query);
  return rows.map(({ id }) => id);
}

const review = (
  kind: 'REVIEW_MEMBERSHIP' | 'REVIEW_REPORT',
  id: string,
): Task => ({
  id: `${kind}:${id}`,
  kind,
  urgency: 'SOON',
  dueDate: null,
  loanId: null,
  membershipId: kind === 'REVIEW_MEMBERSHIP' ? id : null,
  reportId: kind === 'REVIEW_REPORT' ? id : null,
});
