import { addDays, dayIn } from '../calendar';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { LoanConflict, moveLoan, readsOf, tellSides } from './changeLoan';
import { hasRunOut, MOST_DAYS_LATE, MOST_WAIT } from './loanRules';
import { readRunOut, type RunOut } from './loans.reads';

/** How many loans are looked at in one go. */
const BATCH = 500;
/** Comes before every id. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
/** Where a day begins first. */
const EARLIEST_ZONE = 'Pacific/Kiritimati';

/**
 * Ends the requests that nobody answered, and the promises that nobody picked up, in time. It may
 * run as often as one likes, and anywhere at once: each loan is ended, and told of, once.
 * @returns how many it ended
 */
export async function expireLoans(em: EntityManager): Promise<number> {
  const today = dayIn(EARLIEST_ZONE, new Date());
  const askedBefore = new Date(Date.now() - MOST_WAIT);
  let ended = 0;
  let after = FIRST_ID;
  for (;;) {
    const candidates = await readRunOut(readsOf(em), {
      after,
      askedBefore,
      requestedFor: today,
      promisedFor: addDays(today, -MOST_DAYS_LATE),
      most: BATCH,
    });
    for (const loan of candidates)
      if (hasRunOut(loan, new Date()) && (await expire(em, loan))) ended += 1;
    after = candidates.at(-1)?.id ?? after;
    if (candidates.length < BATCH) return ended;
  }
}

/** @returns false where somebody else was faster: the borrower, the owner, or this job elsewhere */
async function expire(em: EntityManager, loan: RunOut): Promise<boolean> {
  try {
    await inTransaction(em, async (em) => {
      await moveLoan(em, loan, 'EXPIRED');
      // A request between people who have blocked each other ends as quietly as it was.
      if (loan.status === 'APPROVED' || !loan.blocked)
        tellSides(em, 'LOAN_EXPIRED', loan, null);
      await em.flush();
    });
    return true;
  } catch (error) {
    if (error instanceof LoanConflict) return false;
    throw error;
  }
}
