import { addDays, dayIn } from '../calendar';
import type { EntityManager } from '../database/orm';
import { FIRST_ID } from '../pagination';
import { inTransaction } from '../database/transaction';
import { readsOf } from '../database/reads';
import { LoanConflict, moveLoan, notifyParties } from './changeLoan';
import { isExpired, MAX_PICKUP_DAYS_LATE, MAX_ANSWER_WAIT_MS } from './expiry';
import type { SystemReason } from './systemReasons';
import { readExpirableLoans, type ExpirableLoan } from './expireLoans.reads';

/** Number of loans read at once. */
const BATCH_SIZE = 500;
/** Reasons of the loans that expire. */
const NOT_ANSWERED: SystemReason = 'It was not answered in time';
const NOT_PICKED_UP: SystemReason = 'It was not picked up in time';
/** The time zone in which a day begins first. */
const EARLIEST_ZONE = 'Pacific/Kiritimati';

/**
 * Expires requests that were not answered and loans that were not picked up in time. Several
 * servers may run it at once: each loan expires, and its parties are notified, once.
 * @returns how many loans expired
 */
export async function expireLoans(em: EntityManager): Promise<number> {
  const today = dayIn(EARLIEST_ZONE, new Date());
  const askedBefore = new Date(Date.now() - MAX_ANSWER_WAIT_MS);
  let ended = 0;
  let after = FIRST_ID;
  for (;;) {
    const candidates = await readExpirableLoans(readsOf(em), {
      after,
      askedBefore,
      today,
      promisedFor: addDays(today, -MAX_PICKUP_DAYS_LATE),
      most: BATCH_SIZE,
    });
    for (const loan of candidates)
      if (isExpired(loan, new Date()) && (await expire(em, loan))) ended += 1;
    after = candidates.at(-1)?.id ?? after;
    if (candidates.length < BATCH_SIZE) return ended;
  }
}

/** @returns false where the loan has changed meanwhile, by its parties or by another server */
async function expire(
  em: EntityManager,
  loan: ExpirableLoan,
): Promise<boolean> {
  try {
    await inTransaction(em, async (em) => {
      await moveLoan(em, loan, 'EXPIRED', {
        reason: loan.status === 'REQUESTED' ? NOT_ANSWERED : NOT_PICKED_UP,
      });
      // A request between two users who have blocked each other expires without notifications.
      if (loan.status === 'APPROVED' || !loan.blocked)
        await notifyParties(em, 'LOAN_EXPIRED', loan, null);
      await em.flush();
    });
    return true;
  } catch (error) {
    if (error instanceof LoanConflict) return false;
    throw error;
  }
}
