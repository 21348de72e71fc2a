import type { ItemStatus } from '../generated/types';
import './items.css';

/** What can be said in a word or two about whether a thing can be borrowed. */
export type ItemStateProps = { status: ItemStatus; availableToday: boolean };

/** Whether a thing can be borrowed, in a word or two. */
export function ItemState({ status, availableToday }: ItemStateProps) {
  const isFree = status === 'ACTIVE' && availableToday;
  return (
    <span className="item-badge" data-free={isFree || undefined}>
      {sentence({ status, availableToday })}
    </span>
  );
}

function sentence({ status, availableToday }: ItemStateProps): string {
  switch (status) {
    case 'ACTIVE':
      return availableToday ? 'Free today' : 'Out today';
    case 'PAUSED':
      return 'Paused';
    case 'RETIRED':
      return 'Retired';
  }
}
