import { FINAL_LOANS } from './finalLoans';
import { HELD_LOANS } from './heldLoans';
import { PENDING_LOANS } from './pendingLoans';
import type { SeedLoan } from './seedLoan';

/** Loans of the seed, in every status. */
export const LOANS: readonly SeedLoan[] = [
  ...PENDING_LOANS,
  ...HELD_LOANS,
  ...FINAL_LOANS,
];
