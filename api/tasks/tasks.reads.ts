import type { Reads } from '../database/reads';
import { readOpenLoans, type OpenLoan } from '../loans/loans.reads';
import { judgedBy } from '../reports/reports.reads';
import { byUrgency, tasksOf } from './loanTasks';
import type { Task } from './task';

/** How many tasks one is shown. */
const MAX_TASKS = 200;
/** How many open loans are looked at for them. */
const MAX_LOANS = 500;

/**
 * Everything that waits for somebody, the most urgent first, and the loans that were looked at for
 * it. It takes three statements, however much it is.
 */
export async function readTasks(
  reads: Reads,
  viewerId: string,
): Promise<{ tasks: Task[]; loans: OpenLoan[] }> {
  const now = new Date();
  const [loans, memberships, reports] = await Promise.all([
    readOpenLoans(reads, viewerId, MAX_LOANS),
    readIds(reads, REQUESTS_TO_JOIN, viewerId),
    readIds(reads, OPEN_REPORTS, viewerId),
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

/** SQL to go on with where the viewer is a steward of the neighborhoods `s`. It takes their id. */
const STEWARDED = `s.user_id = ? and s.status = 'ACTIVE' and s.role = 'STEWARD'`;

const REQUESTS_TO_JOIN = `select m.id from memberships s
  join memberships m on m.neighborhood_id = s.neighborhood_id and m.status = 'PENDING'
  where ${STEWARDED} order by m.id limit ?`;
const OPEN_REPORTS = `select r.id from memberships s
  join reports r on r.neighborhood_id = s.neighborhood_id and r.status = 'OPEN'
  where ${STEWARDED} and ${judgedBy('s')} order by r.id limit ?`;

async function readIds(
  reads: Reads,
  sql: string,
  viewerId: string,
): Promise<string[]> {
  const rows = await reads.all<{ id: string }>(sql, [viewerId, MAX_TASKS]);
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
