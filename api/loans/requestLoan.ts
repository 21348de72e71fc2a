import { LockMode } from '@mikro-orm/core';
import { validate as isUuid } from 'uuid';
import { dayIn, type Day } from '../calendar';
import type { EntityManager } from '../database/orm';
import { inTransaction } from '../database/transaction';
import { UserErrors, type UserErrorCode } from '../errors';
import { text, type Text } from '../language/text';
import { MAX_DAYS_AHEAD, problemOf } from '../items/availability';
import { ItemEntity } from '../items/item.entity';
import { MembershipEntity } from '../neighborhoods/membership.entity';
import { NeighborhoodEntity } from '../neighborhoods/neighborhood.entity';
import { notify } from '../notifications/notifications';
import { UserEntity } from '../users/user.entity';
import { readsOf } from '../database/reads';
import { LoanEntity } from './loan.entity';
import { isExpired, isRequestOver } from './expiry';
import { NOT_BACK_MESSAGE, NOT_FREE_MESSAGE } from './loanRules';
import { isOverdue } from './overdue';
import { readOffer, readOwnDays, type Offer } from './requestLoan.reads';

/** Maximum number of open requests of a borrower. */
const MAX_OPEN_REQUESTS = 10;

/** An item and the days to borrow it. */
export type LoanRequest = {
  itemId: string;
  startDate: Day;
  dueDate: Day;
  note?: string | null;
};

/**
 * Requests an item. It books nothing: several borrowers may request the same days, and the owner
 * chooses. Booked days cannot be requested.
 * @param request valid calendar days
 * @returns the id of the new loan
 * @throws UserErrors NOT_FOUND, also where one of the two has blocked the other; NOT_ALLOWED,
 * INVALID, LIMIT; CONFLICT where the item is not free, or the borrower has asked for one of the days
 */
export async function requestLoan(
  em: EntityManager,
  borrowerId: string,
  request: LoanRequest,
): Promise<string> {
  if (!isUuid(request.itemId)) throw itemNotFound();
  const itemId = request.itemId.toLowerCase();
  return inTransaction(em, async (em) => {
    await lockForRequest(em, borrowerId, itemId);
    const offer = await readOffer(
      readsOf(em),
      borrowerId,
      itemId,
      request.startDate,
    );
    if (!offer) throw itemNotFound();
    assertLendable(offer, borrowerId);
    const refusal = refusalOf(offer, request);
    if (refusal?.[0] === 'INVALID') refuse(...refusal);
    await assertMayRequest(em, borrowerId);
    await assertNotRequested(em, borrowerId, { ...request, itemId }, offer);
    if (refusal) refuse(...refusal);
    const loan = em.create(LoanEntity, {
      item: em.getReference(ItemEntity, itemId),
      neighborhood: em.getReference(NeighborhoodEntity, offer.neighborhoodId),
      borrower: em.getReference(UserEntity, borrowerId),
      owner: em.getReference(UserEntity, offer.ownerId),
      startDate: request.startDate,
      dueDate: request.dueDate,
      status: 'REQUESTED',
      note: request.note ?? '',
      updatedAt: new Date(),
    });
    await em.flush();
    await notify(em, {
      kind: 'LOAN_REQUESTED',
      recipientId: offer.ownerId,
      actorId: borrowerId,
      loanId: loan.id,
      neighborhoodId: offer.neighborhoodId,
    });
    return loan.id;
  });
}

/** Locks the borrower's memberships and the item, so that requests are serialized. */
async function lockForRequest(
  em: EntityManager,
  borrowerId: string,
  itemId: string,
): Promise<void> {
  await em.find(
    MembershipEntity,
    { user: borrowerId },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
  await em.findOne(
    ItemEntity,
    { id: itemId },
    { lockMode: LockMode.PESSIMISTIC_READ },
  );
}

function assertLendable(offer: Offer, borrowerId: string): void {
  if (offer.ownerId === borrowerId) refuse('NOT_ALLOWED', text('loans.own'));
  if (offer.status !== 'ACTIVE')
    refuse('NOT_ALLOWED', text('loans.notAvailable'));
}

/**
 * Returns code, message and field of the error for days on which the item cannot be borrowed; null where
 * it can.
 */
function refusalOf(
  offer: Offer,
  { startDate, dueDate }: LoanRequest,
): [UserErrorCode, Text, string] | null {
  const { timeZone, maxLoanDays } = offer;
  const today = dayIn(timeZone, new Date());
  const problem = problemOf(startDate, dueDate, offer, today);
  switch (problem) {
    case null:
      return null;
    case 'PAST':
      return ['INVALID', text('loans.todayOrLater'), 'startDate'];
    case 'TOO_FAR':
      return [
        'INVALID',
        text('loans.withinDays', { count: MAX_DAYS_AHEAD }),
        'startDate',
      ];
    case 'REVERSED':
      return ['INVALID', text('loans.firstDayOrLater'), 'dueDate'];
    case 'TOO_LONG':
      return [
        'INVALID',
        text('loans.tooLong', { count: maxLoanDays }),
        'dueDate',
      ];
    case 'NOT_BACK':
      return ['CONFLICT', NOT_BACK_MESSAGE, 'startDate'];
    case 'NOT_FREE':
      return ['CONFLICT', NOT_FREE_MESSAGE, 'startDate'];
  }
}

async function assertMayRequest(
  em: EntityManager,
  borrowerId: string,
): Promise<void> {
  const mine = await em.find(
    LoanEntity,
    { borrower: borrowerId, status: { $in: ['REQUESTED', 'ON_LOAN'] } },
    { populate: ['neighborhood'] },
  );
  const now = new Date();
  const timeZoneOf = (loan: (typeof mine)[number]) =>
    loan.neighborhood.getEntity().timeZone;
  for (const loan of mine)
    if (isOverdue(loan, timeZoneOf(loan), now))
      refuse('NOT_ALLOWED', text('loans.returnOverdueFirst'));
  const open = mine.filter(
    (loan) =>
      loan.status === 'REQUESTED' &&
      !isRequestOver({ ...loan, timeZone: timeZoneOf(loan) }, now),
  ).length;
  if (open >= MAX_OPEN_REQUESTS)
    refuse(
      'LIMIT',
      text('loans.openRequestsAtMost', { count: MAX_OPEN_REQUESTS }),
    );
}

/** Refuses days that the borrower has requested or been promised already. */
async function assertNotRequested(
  em: EntityManager,
  borrowerId: string,
  request: LoanRequest,
  offer: Offer,
): Promise<void> {
  const own = await readOwnDays(readsOf(em), borrowerId, request);
  const now = new Date();
  for (const loan of own.filter((one) => !isExpired({ ...offer, ...one }, now)))
    refuse(
      'CONFLICT',
      loan.status === 'REQUESTED'
        ? text('loans.askedAlready')
        : text('loans.promisedAlready'),
      'startDate',
    );
}

function refuse(code: UserErrorCode, message: Text, field?: string): never {
  throw new UserErrors({ code, message, field: field ? [field] : null });
}

const itemNotFound = () =>
  new UserErrors({
    code: 'NOT_FOUND',
    message: text('loans.itemNotFound'),
    field: ['itemId'],
  });
