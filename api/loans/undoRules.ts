import type { ItemStatus } from '../items/item.entity';
import { PENDING_LOAN_STATUSES } from '../loanStatus';
import type { MembershipStatus } from '../neighborhoods/membership.entity';
import type { LoanStatus } from './loan.entity';
import { text, type Text } from '../language/text';

/** The last step of a loan, where nothing has followed it; all null where there is none. */
export type UndoFacts = {
  /** The step: its actor, its time, and the status before it. */
  undoActorId: string | null;
  undoCreatedAt: Date | null;
  undoStatus: LoanStatus | null;
  /** Status of the item before the step, where the step retired it. */
  undoItemStatus: ItemStatus | null;
  /** Whether days that the step gave back are booked by another loan, or the borrower asked for them again. */
  undoObstructed: boolean;
};

/** Facts of the loan, its item and its sides that decide whether the loan can continue as before. */
type LoanNow = {
  viewerId: string;
  itemStatus: ItemStatus;
  borrowerStatus: MembershipStatus;
  ownerStatus: MembershipStatus;
  /** Until when another borrower has the item. */
  heldUntil: string | null;
};

/** How long a step can be undone. */
export const UNDO_TIMEOUT_MS = 10 * 60 * 1000;

/** Returns until when the viewer may undo the last step of the loan; null where they may not. */
export const undoableUntil = (
  facts: UndoFacts & LoanNow,
  now: Date,
): Date | null =>
  facts.undoCreatedAt && !cannotBeUndone(facts, now)
    ? new Date(facts.undoCreatedAt.getTime() + UNDO_TIMEOUT_MS)
    : null;

/** Returns why the viewer may not undo the last step of the loan; null where they may. */
export function cannotBeUndone(
  facts: UndoFacts & LoanNow,
  now: Date,
): Text | null {
  const { undoActorId, undoCreatedAt, undoStatus, undoItemStatus } = facts;
  if (!undoCreatedAt || !undoStatus || undoActorId !== facts.viewerId)
    return text('loans.nothingToUndo');
  if (now.getTime() >= undoCreatedAt.getTime() + UNDO_TIMEOUT_MS)
    return text('loans.tooLateToUndo');
  const isRetired = facts.itemStatus === 'RETIRED';
  const isPending = (PENDING_LOAN_STATUSES as readonly LoanStatus[]).includes(
    undoStatus,
  );
  const hasFollowed =
    facts.undoObstructed ||
    isRetired !== (undoItemStatus !== null) ||
    (isPending
      ? facts.borrowerStatus !== 'ACTIVE' || facts.ownerStatus !== 'ACTIVE'
      : facts.heldUntil !== null);
  return hasFollowed ? text('loans.cannotBeUndone') : null;
}
