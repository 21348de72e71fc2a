import { VisuallyHidden } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { IconCheck } from '@tabler/icons-react';
import { TimeAgo } from '../ui/TimeAgo';
import type { LoanStatus } from '../generated/types';
import { rich, t } from '../languages/texts';
import { LOAN_STATUS_LOOKS } from './loanMessages';
import styles from './LoanSteps.module.css';

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
            {rich(`loans.stepState.${state}`, {
              step: label,
              hidden: (parts) => <VisuallyHidden>{parts}</VisuallyHidden>,
            })}
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

/** Names of the steps, as in the ids of their messages. */
type StepName =
  | 'requested'
  | 'waitingForAnswer'
  | 'promised'
  | 'waitingForHandover'
  | 'handedOver'
  | 'onLoan'
  | 'broughtBack'
  | 'wentWrong'
  | 'backAgain'
  | 'declined'
  | 'calledOff'
  | 'expired'
  | 'damaged'
  | 'lost';

/** Steps before, at and after each status. */
const STEPS_BY_STATUS: Record<
  LoanStatus,
  { isApproved: boolean; now: StepName | null; ahead: readonly StepName[] }
> = {
  REQUESTED: {
    isApproved: false,
    now: 'waitingForAnswer',
    ahead: ['handedOver', 'backAgain'],
  },
  APPROVED: {
    isApproved: true,
    now: 'waitingForHandover',
    ahead: ['backAgain'],
  },
  ON_LOAN: { isApproved: true, now: 'onLoan', ahead: ['backAgain'] },
  RETURN_CLAIMED: {
    isApproved: true,
    now: 'broughtBack',
    ahead: [],
  },
  DISPUTED: { isApproved: true, now: 'wentWrong', ahead: [] },
  DECLINED: { isApproved: false, now: null, ahead: [] },
  CANCELLED: { isApproved: false, now: null, ahead: [] },
  EXPIRED: { isApproved: false, now: null, ahead: [] },
  RETURNED: { isApproved: true, now: null, ahead: [] },
  DAMAGED: { isApproved: true, now: null, ahead: [] },
  LOST: { isApproved: true, now: null, ahead: [] },
};

/** Last step of a loan that has ended. */
const FINAL_STEPS: Partial<Record<LoanStatus, StepName>> = {
  DECLINED: 'declined',
  CANCELLED: 'calledOff',
  EXPIRED: 'expired',
  RETURNED: 'backAgain',
  DAMAGED: 'damaged',
  LOST: 'lost',
};

/** Lists the steps of a loan, from the request to its present status and the expected next steps. */
export function loanSteps(loan: LoanTimes): LoanStep[] {
  const { isApproved, now, ahead } = STEPS_BY_STATUS[loan.status];
  const end = FINAL_STEPS[loan.status];
  const done = (step: StepName, at: string | null): LoanStep => ({
    label: t(`loans.step.${step}`),
    at,
    state: 'done',
  });

  return [
    done('requested', loan.createdAt),
    ...(isApproved ? [done('promised', null)] : []),
    ...(loan.handedOverAt != null
      ? [done('handedOver', loan.handedOverAt)]
      : []),
    ...(now != null
      ? [{ label: t(`loans.step.${now}`), at: null, state: 'now' } as const]
      : []),
    ...(end != null ? [endOf(end, loan)] : []),
    ...ahead.map(
      (step) =>
        ({ label: t(`loans.step.${step}`), at: null, state: 'ahead' }) as const,
    ),
  ];
}

/** The last step. Only a return is marked as done; other ends have the icon of their status. */
function endOf(step: StepName, loan: LoanTimes): LoanStep {
  const label = t(`loans.step.${step}`);
  const at = loan.returnedAt ?? loan.updatedAt;
  return loan.status === 'RETURNED'
    ? { label, at, state: 'done' }
    : { label, at, state: 'ended', Icon: LOAN_STATUS_LOOKS[loan.status].Icon };
}
