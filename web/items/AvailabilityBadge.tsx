import type { ItemStatus } from '../generated/types';
import './items.css';

/** What can be said in a word or two about whether a thing can be borrowed. */
export type AvailabilityBadgeProps = {
  status: ItemStatus;
  availableToday: boolean;
};

/** Whether a thing can be borrowed, in a word or two. */
export function AvailabilityBadge({
  status,
  availableToday,
}: AvailabilityBadgeProps) {
  const isFree = status === 'ACTIVE' && availableToday;
  return (
    <span className="item-badge" data-free={isFree || undefined}>
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
