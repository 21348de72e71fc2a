import type { ItemStatus } from '../generated/types';
import styles from './AvailabilityBadge.module.css';

/** Fields that tell in a word or two whether an item can be borrowed. */
export type AvailabilityBadgeProps = {
  status: ItemStatus;
  availableToday: boolean;
};

/** Whether a thing can be borrowed, in a word or two. */
export function AvailabilityBadge({
  status,
  availableToday,
  className = '',
}: AvailabilityBadgeProps & {
  /** For its place in the component around it. */
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
      return availableToday ? 'Free today' : 'Out today';
    case 'PAUSED':
      return 'Paused';
    case 'RETIRED':
      return 'Retired';
  }
}
