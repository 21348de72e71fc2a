import type { RetiredReason } from '../generated/types';

/** Why a thing is lent no more, as its owner says it. */
export const RETIRED_REASON_LABELS: Record<RetiredReason, string> = {
  GIVEN_AWAY: 'It belongs to somebody else now',
  BROKEN: 'It does not work any more',
  LOST: 'Nobody knows where it is',
};

/** Whether a text is one of the reasons. */
export function isRetiredReason(text: string): text is RetiredReason {
  return Object.hasOwn(RETIRED_REASON_LABELS, text);
}
