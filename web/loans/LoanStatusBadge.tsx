import type { LoanStatus } from '../generated/types';
import { t } from '../languages/texts';
import { LOAN_STATUS_LOOKS, OVERDUE_LOOK } from './loanMessages';
import styles from './LoanStatusBadge.module.css';

/** Badge of a loan's status, with text, icon and color. */
export function LoanStatusBadge({
  status,
  overdue,
}: {
  status: LoanStatus;
  overdue: boolean;
}) {
  const { tone, Icon } = overdue ? OVERDUE_LOOK : LOAN_STATUS_LOOKS[status];
  return (
    <span className={styles.badge} data-tone={tone}>
      <Icon size={15} stroke={2} aria-hidden="true" />
      {overdue ? t('loans.overdue') : t(`loans.label.${status}`)}
    </span>
  );
}
