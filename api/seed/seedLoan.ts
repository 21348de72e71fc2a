import type { ExtensionStatus } from '../loans/extension.entity';
import type { LoanStatus } from '../loans/loan.entity';

/** Author, age in hours, and text of a message. */
export type SeedMessage = readonly ['borrower' | 'owner', number, string];

/** Loan of the seed, relative to today. */
export type SeedLoan = {
  item: string;
  borrower: string;
  status: LoanStatus;
  /** First day, in days after today. */
  start: number;
  /** Length in days. */
  days: number;
  /** How many hours ago it was requested. */
  asked: number;
  /** How many hours ago its return was claimed, it was disputed, or it ended. */
  ended?: number;
  /** The side that cancelled it. */
  by?: 'borrower' | 'owner';
  note?: string;
  reason?: string;
  extension?: { days: number; note: string; status: ExtensionStatus };
  messages?: readonly SeedMessage[];
};
