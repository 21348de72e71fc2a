import { VisuallyHidden } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { IconCheck } from '@tabler/icons-react';
import { TimeAgo } from '../ui/TimeAgo';
import type { LoanStatus } from '../generated/types';
import { LOAN_STATUS_LABELS } from './loanMessages';
import styles from './LoanSteps.module.css';

/** State of each step, for screen readers. */
const STATE_LABELS: Record<LoanStep['state'], string> = {
  done: 'done',
  ended: 'ended',
  now: 'now',
  ahead: 'still to come',
};

/** Steps of a loan, one below the other. */
export function LoanSteps({ steps }: { steps: LoanStep[] }) {
  return (
    <ol className={styles.steps}>
      {steps.map(({ label, at, state, Icon }) => (
        <li key={label} data-state={state}>
          <span className={styles.marker} aria-hidden="true">
            {state === 'done' && <IconCheck size={14} stroke={3} />}
            {Icon && <Icon size={14} stroke={2.5} />}
          </span>
          <span>
            {label}
            <VisuallyHidden>, {STATE_LABELS[state]}</VisuallyHidden>
            {at != null && (
              <span className={styles.time}>
                <TimeAgo at={at} />
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Step in the progress of a loan. */
export type LoanStep = {
  label: string;
  /** Time at which it was reached; null if not reached or unknown. */
  at: string | null;
  state: 'done' | 'ended' | 'now' | 'ahead';
  /** Icon of a step that ended the loan without a return. */
  Icon?: Icon;
};

type LoanTimes = {
  status: LoanStatus;
  createdAt: string;
  updatedAt: string;
  handedOverAt: string | null;
  returnedAt: string | null;
};

/** Steps before, at and after each status. */
const STEPS_BY_STATUS: Record<
  LoanStatus,
  { isApproved: boolean; now: string | null; ahead: readonly string[] }
> = {
  REQUESTED: {
    isApproved: false,
    now: 'Waiting for an answer',
    ahead: ['Handed over', 'Back again'],
  },
  APPROVED: {
    isApproved: true,
    now: 'Waiting to be handed over',
    ahead: ['Back again'],
  },
  ON_LOAN: { isApproved: true, now: 'On loan', ahead: ['Back again'] },
  RETURN_CLAIMED: {
    isApproved: true,
    now: 'Brought back, to be confirmed',
    ahead: [],
  },
  DISPUTED: { isApproved: true, now: 'Something went wrong', ahead: [] },
  DECLINED: { isApproved: false, now: null, ahead: [] },
  CANCELLED: { isApproved: false, now: null, ahead: [] },
  EXPIRED: { isApproved: false, now: null, ahead: [] },
  RETURNED: { isApproved: true, now: null, ahead: [] },
  DAMAGED: { isApproved: true, now: null, ahead: [] },
  LOST: { isApproved: true, now: null, ahead: [] },
};

/** Label of the last step of a loan that has ended. */
const FINAL_STEPS: Partial<Record<LoanStatus, string>> = {
  DECLINED: 'Declined',
  CANCELLED: 'Called off',
  EXPIRED: 'Expired',
  RETURNED: 'Back again',
  DAMAGED: 'Damaged',
  LOST: 'Lost',
};

/** Lists the steps of a loan, from the request to its present status and the expected next steps. */
export function loanSteps(loan: LoanTimes): LoanStep[] {
  const { isApproved, now, ahead } = STEPS_BY_STATUS[loan.status];
  const end = FINAL_STEPS[loan.status];
  const done = (label: string, at: string | null): LoanStep => ({
    label,
    at,
    state: 'done',
  });

  return [
    done('Requested', loan.createdAt),
    ...(isApproved ? [done('Promised', null)] : []),
    ...(loan.handedOverAt != null
      ? [done('Handed over', loan.handedOverAt)]
      : []),
    ...(now != null ? [{ label: now, at: null, state: 'now' } as const] : []),
    ...(end != null ? [endOf(end, loan)] : []),
    ...ahead.map((label) => ({ label, at: null, state: 'ahead' }) as const),
  ];
}

/** The last step. Only a return is marked as done; other ends have the icon of their status. */
function endOf(label: string, loan: LoanTimes): LoanStep {
  const at = loan.returnedAt ?? loan.updatedAt;
  return loan.status === 'RETURNED'
    ? { label, at, state: 'done' }
    : { label, at, state: 'ended', Icon: LOAN_STATUS_LABELS[loan.status].Icon };
}
