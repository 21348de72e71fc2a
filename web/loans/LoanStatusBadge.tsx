import type { LoanStatus } from '../generated/types';
import { LOAN_STATUS, OVERDUE } from './loanWords';
import './loans.css';

/** How far a loan has come: in words, with a sign, and in color. */
export function LoanStatusBadge({
  status,
  overdue,
}: {
  status: LoanStatus;
  overdue: boolean;
}) {
  const { word, tone, Sign } = overdue ? OVERDUE : LOAN_STATUS[status];
  return (
    <span className="loan-badge" data-tone={tone}>
      <Sign size={15} stroke={2} aria-hidden="true" />
      {word}
    </span>
  );
}
