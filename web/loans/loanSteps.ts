import type { LoanStatus } from '../generated/types';

/** One station on a loan's way. */
export type LoanStep = {
  label: string;
  /** When it was reached; null where nobody noted it, or it has not been. */
  at: string | null;
  state: 'done' | 'now' | 'ahead';
};

type Stations = {
  status: LoanStatus;
  createdAt: string;
  updatedAt: string;
  handedOverAt: string | null;
  returnedAt: string | null;
};

/** How each status sits on the way: what lies behind it, what it is called, what lies ahead. */
const WAYS: Record<
  LoanStatus,
  { promised: boolean; now: string | null; ahead: readonly string[] }
> = {
  REQUESTED: {
    promised: false,
    now: 'Waiting for an answer',
    ahead: ['Handed over', 'Back again'],
  },
  APPROVED: {
    promised: true,
    now: 'Waiting to be handed over',
    ahead: ['Back again'],
  },
  ON_LOAN: { promised: true, now: 'On loan', ahead: ['Back again'] },
  RETURN_CLAIMED: {
    promised: true,
    now: 'Brought back, to be confirmed',
    ahead: [],
  },
  DISPUTED: { promised: true, now: 'Something went wrong', ahead: [] },
  DECLINED: { promised: false, now: null, ahead: [] },
  CANCELLED: { promised: false, now: null, ahead: [] },
  EXPIRED: { promised: false, now: null, ahead: [] },
  RETURNED: { promised: true, now: null, ahead: [] },
  LOST: { promised: true, now: null, ahead: [] },
};

/** What the last station is called where nothing follows any more. */
const ENDS: Partial<Record<LoanStatus, string>> = {
  DECLINED: 'Declined',
  CANCELLED: 'Called off',
  EXPIRED: 'Expired',
  RETURNED: 'Back again',
  LOST: 'Lost',
};

/** The way of a loan, from the request to where it is and on to where it should go. */
export function loanSteps(loan: Stations): LoanStep[] {
  const { promised, now, ahead } = WAYS[loan.status];
  const end = ENDS[loan.status];
  const done = (label: string, at: string | null): LoanStep => ({
    label,
    at,
    state: 'done',
  });

  return [
    done('Requested', loan.createdAt),
    ...(promised ? [done('Promised', null)] : []),
    ...(loan.handedOverAt != null
      ? [done('Handed over', loan.handedOverAt)]
      : []),
    ...(now != null ? [{ label: now, at: null, state: 'now' } as const] : []),
    ...(end != null ? [done(end, loan.returnedAt ?? loan.updatedAt)] : []),
    ...ahead.map((label) => ({ label, at: null, state: 'ahead' }) as const),
  ];
}
