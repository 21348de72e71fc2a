import { VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { TimeAgo } from '../ui/TimeAgo';
import type { LoanStep } from './loanSteps';
import './loans.css';

/** How each station is told to those who cannot see where it stands. */
const STATE_LABELS: Record<LoanStep['state'], string> = {
  done: 'done',
  now: 'now',
  ahead: 'still to come',
};

/** A loan's way, one station below the other. */
export function LoanSteps({ steps }: { steps: LoanStep[] }) {
  return (
    <ol className="loan-steps">
      {steps.map(({ label, at, state }) => (
        <li key={label} data-state={state}>
          <span className="loan-step-sign" aria-hidden="true">
            {state === 'done' && <IconCheck size={14} stroke={3} />}
          </span>
          <span>
            {label}
            <VisuallyHidden>, {STATE_LABELS[state]}</VisuallyHidden>
            {at != null && (
              <span className="loan-step-time">
                <TimeAgo at={at} />
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
