import type { ItemStatus } from '../generated/types';
import { t } from '../languages/texts';
import styles from './AvailabilityBadge.module.css';

/** Fields of the availability badge. */
export type AvailabilityBadgeProps = {
  status: ItemStatus;
  availableToday: boolean;
};

/** Badge that shows whether an item can be borrowed. */
export function AvailabilityBadge({
  status,
  availableToday,
  className = '',
}: AvailabilityBadgeProps & {
  /** Class for its position in the parent component. */
  className?: string;
}) {
  const isFree = status === 'ACTIVE' && availableToday;
  return (
    <span
      className={`${styles.badge} ${className}`}
      data-free={isFree || undefined}
    >
      {availabilityLabel({ status, availableToday })}
    </span>
  );
}

function availabilityLabel({
  status,
  availableToday,
}: AvailabilityBadgeProps): string {
  switch (status) {
    case 'ACTIVE':
      return t(availableToday ? 'items.freeToday' : 'items.notFreeToday');
    case 'PAUSED':
      return t('items.paused');
    case 'RETIRED':
      return t('items.retired');
  }
}
