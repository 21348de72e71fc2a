import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import type { ButtonProps } from '@mantine/core';
import { Button, Group } from '@mantine/core';
import { useAction } from '../ui/useAction';
import { graphql } from '../apollo/graphql';
import type {
  DisputeOutcome,
  LoanAction,
  LoanActions_LoanFragment,
} from '../generated/types';
import { ConfirmButton } from '../ui/ConfirmButton';
import { ExtendLoan } from './ExtendLoan';
import { factsOf } from './loanFacts';
import {
  APPROVE_EXTENSION,
  APPROVE_LOAN,
  CANCEL_EXTENSION,
  CANCEL_LOAN,
  CLAIM_RETURN,
  CONFIRM_RETURN,
  DECLINE_EXTENSION,
  DECLINE_LOAN,
  DISPUTE_LOAN,
  HAND_OVER_LOAN,
  SETTLE_DISPUTE,
} from './loanMutations';
import type { SimpleLoanAction } from './loanMessages';
import {
  LOAN_ACTIONS,
  DISPUTE_OUTCOMES,
  isSimpleLoanAction,
} from './loanMessages';
import type { ActOnLoan } from './useLoanMutation';
import { useLoanMutation } from './useLoanMutation';

/** What has to be known of a loan to offer what one may do with it. */
export const LOAN_ACTIONS_FRAGMENT = graphql(`
  fragment LoanActions_loan on Loan {
    id
    status
    startDate
    dueDate
    viewerRole
    viewerActions
    extension {
      id
    }
    item {
      id
      maxLoanDays
      bufferDays
    }
    neighborhood {
      id
      today
    }
    borrower {
      id
      name
    }
    owner {
      id
      name
    }
  }
`);

/** Buttons stand in this order; the first one that is there stands out. */
const ACTION_ORDER: readonly LoanAction[] = [
  'APPROVE',
  'DECLINE',
  'HAND_OVER',
  'APPROVE_EXTENSION',
  'DECLINE_EXTENSION',
  'CONFIRM_RETURN',
  'SETTLE_DISPUTE',
  'CLAIM_RETURN',
  'REQUEST_EXTENSION',
  'CANCEL_EXTENSION',
  'CANCEL',
  'DISPUTE',
];

/** What is done right away stands out; what breaks something off does not. */
const SUBTLE_ACTIONS: readonly LoanAction[] = [
  'CANCEL',
  'DISPUTE',
  'CANCEL_EXTENSION',
];

/** The buttons for what the viewer may do with a loan now. */
export function LoanActions({
  loan,
  only = ACTION_ORDER,
  size,
}: {
  loan: FragmentType<LoanActions_LoanFragment>;
  /** Leaves the others to the loan's own page. */
  only?: readonly LoanAction[];
  size?: ButtonProps['size'];
}) {
  const { data, complete } = useFragment({
    fragment: LOAN_ACTIONS_FRAGMENT,
    from: loan,
  });
  if (!complete) return null;
  const actions = ACTION_ORDER.filter(
    (action) => only.includes(action) && data.viewerActions.includes(action),
  );
  if (actions.length === 0) return null;

  return (
    <Group gap="sm">
      {actions.map((action, index) => (
        <LoanButton
          key={action}
          action={action}
          loan={data}
          size={size}
          variant={variantOf(action, index)}
        />
      ))}
    </Group>
  );
}

/** Something to press stands out, and something to break off stands back. */
function variantOf(action: LoanAction, index: number): ButtonProps['variant'] {
  if (SUBTLE_ACTIONS.includes(action))
    return index === 0 ? 'default' : 'subtle';
  return index === 0 ? 'filled' : 'default';
}

type ButtonLook = Pick<ButtonProps, 'variant' | 'size'>;

type LoanButtonProps = {
  action: LoanAction;
  loan: LoanActions_LoanFragment;
} & ButtonLook;

function LoanButton({ action, loan, ...look }: LoanButtonProps) {
  const act = useLoanMutation(loan.status);
  if (action === 'REQUEST_EXTENSION')
    return <ExtendLoan loan={loan} {...look} />;
  if (action === 'SETTLE_DISPUTE')
    return <SettleDispute loan={loan} act={act} size={look.size} />;
  if (!isSimpleLoanAction(action)) return null;

  const { label, done, question } = LOAN_ACTIONS[action];
  const facts = factsOf(loan);
  const send = (reason: string) =>
    SEND_ACTION[action]({ act, loan, reason, done: done(facts) });
  if (!question) return <ImmediateButton label={label} send={send} {...look} />;

  const { text, reason, ...words } = question;
  return (
    <ConfirmButton
      {...words}
      {...look}
      label={label}
      text={text(facts)}
      reason={
        reason
          ? {
              label: reason.label,
              maxLength: 1000,
              required:
                reason.required === 'always' ||
                (reason.required === 'byOwner' && loan.viewerRole === 'OWNER'),
            }
          : undefined
      }
      onConfirm={send}
    />
  );
}

/** A button that does it at once, and stays locked until there is an answer. */
function ImmediateButton({
  label,
  send,
  ...look
}: {
  label: string;
  send: (reason: string) => ReturnType<ActOnLoan>;
} & ButtonLook) {
  const { run, isBusy } = useAction();
  return (
    <Button {...look} loading={isBusy} onClick={() => void run(() => send(''))}>
      {label}
    </Button>
  );
}

/** How a dispute ended: one button for each way. */
function SettleDispute({
  loan,
  act,
  size,
}: {
  loan: LoanActions_LoanFragment;
  act: ActOnLoan;
  size: ButtonProps['size'];
}) {
  const outcomes: DisputeOutcome[] = ['RETURNED', 'LOST'];
  return outcomes.map((outcome) => {
    const { done, ...words } = DISPUTE_OUTCOMES[outcome];
    return (
      <ConfirmButton
        key={outcome}
        {...words}
        variant="default"
        size={size}
        cancelLabel="Not yet"
        onConfirm={() =>
          act(SETTLE_DISPUTE, { loanId: loan.id, outcome }, done)
        }
      />
    );
  });
}

type SendAction = (parts: {
  act: ActOnLoan;
  loan: LoanActions_LoanFragment;
  reason: string;
  done: string;
}) => ReturnType<ActOnLoan>;

const extensionIdOf = ({ extension }: LoanActions_LoanFragment) => ({
  extensionId: extension?.id ?? '',
});

/** How each action is sent. */
const SEND_ACTION: Record<SimpleLoanAction, SendAction> = {
  APPROVE: ({ act, loan, done }) =>
    act(APPROVE_LOAN, { loanId: loan.id }, done),
  DECLINE: ({ act, loan, reason, done }) =>
    act(DECLINE_LOAN, { loanId: loan.id, reason: reason || null }, done),
  CANCEL: ({ act, loan, reason, done }) =>
    act(CANCEL_LOAN, { loanId: loan.id, reason: reason || null }, done),
  HAND_OVER: ({ act, loan, done }) =>
    act(HAND_OVER_LOAN, { loanId: loan.id }, done),
  CLAIM_RETURN: ({ act, loan, done }) =>
    act(CLAIM_RETURN, { loanId: loan.id }, done),
  CONFIRM_RETURN: ({ act, loan, done }) =>
    act(CONFIRM_RETURN, { loanId: loan.id }, done),
  DISPUTE: ({ act, loan, reason, done }) =>
    act(DISPUTE_LOAN, { loanId: loan.id, reason }, done),
  APPROVE_EXTENSION: ({ act, loan, done }) =>
    act(APPROVE_EXTENSION, extensionIdOf(loan), done),
  DECLINE_EXTENSION: ({ act, loan, done }) =>
    act(DECLINE_EXTENSION, extensionIdOf(loan), done),
  CANCEL_EXTENSION: ({ act, loan, done }) =>
    act(CANCEL_EXTENSION, extensionIdOf(loan), done),
};
