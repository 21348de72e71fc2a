import { addDays, dayIn } from '../calendar';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { readsOf } from '../database/reads';
import { LoanConflict, moveLoan, notifyParties } from './changeLoan';
import {
  isExpired,
  MAX_PICKUP_DAYS_LATE,
  MAX_ANSWER_WAIT_MS,
} from './loanRules';
import { readExpirableLoans, type ExpirableLoan } from './loans.reads';

/** How many loans are looked at in one go. */
const BATCH_SIZE = 500;
/** Comes before every id. */
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';
/** Where a day begins first. */
const EARLIEST_ZONE = 'Pacific/Kiritimati';

/**
 * Ends the requests that nobody answered, and the promises that nobody picked up, in time. It may
 * run as often as one likes, and anywhere at once: each loan is ended, and told of, once.
 * @returns how many it ended
 */
export async function expireLoans(em: EntityManager): Promise<number> {
  const today = dayIn(EARLIEST_ZONE, new Date());
  const askedBefore = new Date(Date.now() - MAX_ANSWER_WAIT_MS);
  let ended = 0;
  let after = LOWEST_ID;
  for (;;) {
    const candidates = await readExpirableLoans(readsOf(em), {
      after,
      askedBefore,
      requestedFor: today,
      promisedFor: addDays(today, -MAX_PICKUP_DAYS_LATE),
      most: BATCH_SIZE,
    });
    for (const loan of candidates)
      if (isExpired(loan, new Date()) && (await expire(em, loan))) ended += 1;
    after = candidates.at(-1)?.id ?? after;
    if (candidates.length < BATCH_SIZE) return ended;
  }
}

/** @returns false where somebody else was faster: the borrower, the owner, or this job elsewhere */
async function expire(
  em: EntityManager,
  loan: ExpirableLoan,
): Promise<boolean> {
  try {
    await inTransaction(em, async (em) => {
      await moveLoan(em, loan, 'EXPIRED');
      // A request between people who have blocked each other ends as quietly as it was.
      if (loan.status === 'APPROVED' || !loan.blocked)
        notifyParties(em, 'LOAN_EXPIRED', loan, null);
      await em.flush();
    });
    return true;
  } catch (error) {
    if (error instanceof LoanConflict) return false;
    throw error;
  }
}
