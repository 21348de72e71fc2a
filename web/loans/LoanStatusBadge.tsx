import type { LoanStatus } from '../generated/types';
import { LOAN_STATUS_LABELS, OVERDUE_LABEL } from './loanMessages';
import styles from './LoanStatusBadge.module.css';

/** Badge of a loan's status, with text, icon and color. */
export function LoanStatusBadge({
  status,
  overdue,
}: {
  status: LoanStatus;
  overdue: boolean;
}) {
  const { label, tone, Icon } = overdue
    ? OVERDUE_LABEL
    : LOAN_STATUS_LABELS[status];
  return (
    <span className={styles.badge} data-tone={tone}>
      <Icon size={15} stroke={2} aria-hidden="true" />
      {label}
    </span>
  );
}
