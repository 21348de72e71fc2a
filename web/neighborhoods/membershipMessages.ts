import type { MembershipStatus } from '../generated/types';
import { t } from '../languages/texts';

/** Returns the notice for people whose membership is not active; null where there is none. */
export function statusHint(status: MembershipStatus): string | null {
  return status === 'PENDING' || status === 'SUSPENDED'
    ? t(`neighborhoods.hint.${status}`)
    : null;
}
