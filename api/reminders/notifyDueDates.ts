import { addDays, dayIn, hourIn, type Day } from '../calendar';
import type { EntityManager } from '../database/orm';
import type { Reads } from '../database/reads';
import { inTransaction } from '../database/transaction';
import type { DueKind } from '../notifications/dueNotices';
import { notifyOfDueDates } from '../notifications/notifications';
import {
  claimDueLoans,
  isNoticeDue,
  readTimeZones,
  type DueLoan,
  type LocalDay,
} from './dueDates.reads';

/** Hours between which both sides are notified. */
const MORNING = { from: 8, before: 12 };
/** Number of loans of a transaction, which should not be long. */
const BATCH_SIZE = 200;

/**
 * Notifies borrowers and owners of loans that are due, where it is morning: each side of a loan once a day. It may
 * run any number of times, and on several servers at once. A loan is claimed in the transaction that stores its
 * notifications and their deliveries, so that none is lost and none is doubled.
 * @param stopping ends it after the batch under way
 */
export async function notifyDueDates(
  { em, reads }: { em: EntityManager; reads: Reads },
  now: Date,
  stopping: AbortSignal,
): Promise<void> {
  for (const timeZone of await readTimeZones(reads)) {
    const hour = hourIn(timeZone, now);
    if (hour < MORNING.from || hour >= MORNING.before) continue;
    const day = { timeZone, today: dayIn(timeZone, now) };
    let claimed: number;
    do {
      if (stopping.aborted) return;
      // Most runs only read, so that they never wait for a writer.
      claimed = (await isNoticeDue(reads, day))
        ? await notifyBatch(em, reads.dialect, day)
        : 0;
    } while (claimed === BATCH_SIZE);
  }
}

/** @returns how many loans it has claimed */
const notifyBatch = (
  em: EntityManager,
  dialect: Reads['dialect'],
  day: LocalDay,
): Promise<number> =>
  inTransaction(em, async (em) => {
    const loans = await claimDueLoans(em, dialect, day, BATCH_SIZE);
    // Mails name the oldest notification first: what is overdue longest.
    loans.sort((a, b) => a.dueDate.localeCompare(b.dueDate));
    if (loans.length > 0)
      await notifyOfDueDates(
        em,
        loans.flatMap((loan) => noticesOf(loan, day.today)),
      );
    return loans.length;
  });

const noticesOf = (
  { id, neighborhoodId, borrowerId, ownerId, dueDate }: DueLoan,
  today: Day,
) =>
  [borrowerId, ownerId].map((recipientId) => ({
    kind: kindOf(dueDate, today),
    recipientId,
    actorId: null,
    loanId: id,
    neighborhoodId,
  }));

function kindOf(dueDate: Day, today: Day): DueKind {
  if (dueDate === addDays(today, 1)) return 'DUE_TOMORROW';
  return dueDate === today ? 'DUE_TODAY' : 'LOAN_OVERDUE';
}
