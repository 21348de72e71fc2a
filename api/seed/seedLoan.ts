import type { ExtensionStatus } from '../loans/extension.entity';
import type { LoanStatus } from '../loans/loan.entity';

/** Author, age in hours, and text of a message. */
export type SeedMessage = readonly ['borrower' | 'owner', number, string];

/** A loan of the seed, told from today. */
export type SeedLoan = {
  item: string;
  borrower: string;
  status: LoanStatus;
  /** The first day: how many days after today. */
  start: number;
  /** How many days long. */
  days: number;
  /** How many hours ago it was asked for. */
  asked: number;
  /** How many hours ago it came to where it is, for what did not just begin. */
  ended?: number;
  /** The side that cancelled it. */
  by?: 'borrower' | 'owner';
  note?: string;
  reason?: string;
  extension?: { days: number; note: string; status: ExtensionStatus };
  messages?: readonly SeedMessage[];
};
