import type { LoanStatus } from './generated/types';

/** Allowed transitions of a loan, by its status. A status without transitions is final. */
export const NEXT_LOAN_STATUSES: Record<LoanStatus, readonly LoanStatus[]> = {
  REQUESTED: ['APPROVED', 'DECLINED', 'CANCELLED', 'EXPIRED'],
  APPROVED: ['ON_LOAN', 'CANCELLED', 'EXPIRED'],
  ON_LOAN: ['RETURN_CLAIMED', 'RETURNED', 'DISPUTED'],
  RETURN_CLAIMED: ['RETURNED', 'DISPUTED'],
  DISPUTED: ['RETURNED', 'DAMAGED', 'LOST'],
  DECLINED: [],
  CANCELLED: [],
  EXPIRED: [],
  RETURNED: [],
  DAMAGED: [],
  LOST: [],
};

/** Statuses before the item is handed over. */
export const PENDING_LOAN_STATUSES = ['REQUESTED', 'APPROVED'] as const;

/** Statuses in which the borrower has the item. An item has at most one such loan at a time. */
export const HELD_LOAN_STATUSES = [
  'ON_LOAN',
  'RETURN_CLAIMED',
  'DISPUTED',
] as const;

/** Statuses in which the item is promised to the borrower, or the borrower has it. */
export const PROMISED_LOAN_STATUSES = [
  'APPROVED',
  ...HELD_LOAN_STATUSES,
] as const;

/** Statuses that are not final. */
export const OPEN_LOAN_STATUSES = [
  'REQUESTED',
  ...PROMISED_LOAN_STATUSES,
] as const;

/** Tells whether the borrower has the item, as far as the loan says. */
export const isHeld = (status: LoanStatus): boolean =>
  (HELD_LOAN_STATUSES as readonly LoanStatus[]).includes(status);

/** Tells whether the item is promised to the borrower, or the borrower has it. */
export const isPromised = (status: LoanStatus): boolean =>
  (PROMISED_LOAN_STATUSES as readonly LoanStatus[]).includes(status);

/** Tells whether a loan can still change its status. */
export const isOpen = (status: LoanStatus): boolean => !isFinal(status);

/** Tells whether a status has no transitions. */
export const isFinal = (status: LoanStatus): boolean =>
  NEXT_LOAN_STATUSES[status].length === 0;
