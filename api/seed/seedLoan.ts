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
  /** Age of the request in hours. */
  asked: number;
  /** Age in hours of the claimed return, the dispute or the end. */
  ended?: number;
  /** The side that cancelled it. */
  by?: 'borrower' | 'owner';
  note?: string;
  reason?: string;
  /** Text of the agreement that settled a dispute. */
  agreement?: string;
  extension?: { days: number; note: string; status: ExtensionStatus };
  messages?: readonly SeedMessage[];
};
