import type { Reads } from '../database/reads';
import { sql } from '../database/sql';
import { createLoaders } from '../loaders';
import type { LoanFacts } from '../loans/loanRules';
import { readLoanFacts } from '../loans/loans.reads';

/** Reads the facts of a loan for its owner, who is the one to answer; null for a deleted loan. */
export async function readFactsOfOwner(
  reads: Pick<Reads, 'all'>,
  loanId: string,
): Promise<LoanFacts | null> {
  const [row] = await reads.all<{ ownerId: string }>(
    sql`select owner_id as "ownerId" from loans where id = ${loanId}`,
  );
  return row ? readLoanFacts(reads, row.ownerId, loanId) : null;
}

/** Request to answer, as its owner sees it. */
export type AnswerableRequest = {
  itemTitle: string;
  borrowerName: string;
  startDate: string;
  dueDate: string;
};

/** Reads what a link shows of a request: no more than the message told that brought the link. */
export async function readAnswerableRequest(
  reads: Reads,
  { ownerId, itemId, borrowerId, startDate, dueDate, newDueDate }: LoanFacts,
): Promise<AnswerableRequest> {
  const loaders = createLoaders(reads, ownerId);
  const [item, borrower] = await Promise.all([
    loaders.items.load(itemId),
    loaders.namedPeople.load(borrowerId),
  ]);
  return {
    itemTitle: item?.title ?? 'An item',
    borrowerName: borrower.name,
    startDate,
    dueDate: newDueDate ?? dueDate,
  };
}
