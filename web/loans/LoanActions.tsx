import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import type { ButtonProps } from '@mantine/core';
import { Button, Group, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, lazy, useEffect, useState } from 'react';
import { useAction } from '../ui/useAction';
import { graphql } from '../apollo/graphql';
import type {
  DisputeOutcome,
  LoanAction,
  LoanActions_LoanFragment,
} from '../generated/types';
import { ConfirmButton } from '../ui/ConfirmButton';
import { LOAN_ACTIONS } from './loanActionTable';
import { disputeOutcome, factsOf } from './loanMessages';
import type { ActOnLoan } from './useLoanMutation';
import { LOAN_MUTATION_FRAGMENTS, useLoanMutation } from './useLoanMutation';
import { t } from '../languages/texts';
import { Dialog } from '../ui/Dialog';
import { renderIsolates } from '../languages/isolate';

/** Fields that the actions on a loan need. */
export const LOAN_ACTIONS_FRAGMENT = graphql(`
  fragment LoanActions_loan on Loan {
    id
    status
    startDate
    dueDate
    viewerRole
    viewerActions
    waitsForReturn
    extension {
      id
    }
    item {
      id
      maxLoanDays
      bufferDays
    }
    today
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

type LoanActionName = keyof typeof LOAN_ACTIONS;

/** All actions, in the order of their buttons. */
const ACTION_ORDER = Object.keys(LOAN_ACTIONS) as LoanActionName[];

/** Buttons for the permitted actions on a loan. */
export function LoanActions({
  loan,
  only = ACTION_ORDER,
  size,
}: {
  loan: FragmentType<LoanActions_LoanFragment>;
  /** Shows only these actions; the loan's page has all of them. */
  only?: readonly LoanAction[];
  size?: ButtonProps['size'];
}) {
  const { data, complete } = useFragment({
    fragment: LOAN_ACTIONS_FRAGMENT,
    from: loan,
  });
  const actions = ACTION_ORDER.filter(
    (action) => only.includes(action) && data.viewerActions?.includes(action),
  );
  const isSettling = useIsSettling(actions.join(' '));
  if (!complete || actions.length === 0) return null;

  return (
    <Group
      gap="sm"
      onClickCapture={(event) => {
        if (isSettling) event.stopPropagation();
      }}
    >
      {actions.map((action, index) => (
        <LoanButton
          key={action}
          action={action}
          loan={data}
          size={size}
          variant={variantOf(action, index, data)}
          aria-disabled={isSettling || undefined}
        />
      ))}
    </Group>
  );
}

/** How long new buttons ignore presses, as a double tap is meant for the button before. */
const SETTLING_MS = 1000;

/**
 * Tells whether the buttons have just changed, so that a press may be meant for a button that was there
 * before.
 */
function useIsSettling(buttons: string): boolean {
  const [settled, setSettled] = useState(buttons);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(buttons), SETTLING_MS);
    return () => clearTimeout(timer);
  }, [buttons]);
  return settled !== buttons;
}

/** Tells whether it is too early for an action, though it is allowed: before the first or the last day. */
function isPremature(
  action: LoanActionName,
  { status, startDate, dueDate, today }: LoanActions_LoanFragment,
): boolean {
  if (action === 'HAND_OVER' || action === 'CLAIM_RETURN')
    return today < startDate;
  return action === 'CONFIRM_RETURN' && status === 'ON_LOAN' && today < dueDate;
}

/** Emphasizes the first button, unless its action is premature, or declines or cancels something. */
function variantOf(
  action: LoanActionName,
  index: number,
  loan: LoanActions_LoanFragment,
): ButtonProps['variant'] {
  if (isPremature(action, loan)) return 'default';
  const row = LOAN_ACTIONS[action];
  if (row !== 'form' && row.isSubtle) return index === 0 ? 'default' : 'subtle';
  return index === 0 ? 'filled' : 'default';
}

type ButtonLook = Pick<ButtonProps, 'variant' | 'size'> & {
  'aria-disabled'?: boolean;
};

type LoanButtonProps = {
  action: LoanActionName;
  loan: LoanActions_LoanFragment;
} & ButtonLook;

function LoanButton({ action, loan, ...look }: LoanButtonProps) {
  const act = useLoanMutation(loan.status);
  if (action === 'REQUEST_EXTENSION')
    return <ExtendLoan loan={loan} {...look} />;
  if (action === 'SETTLE_DISPUTE')
    return <SettleDispute loan={loan} act={act} {...look} />;
  const row = LOAN_ACTIONS[action];
  if (row === 'form') return null;

  const label = t(`loans.action.${action}`);
  const send = (reason: string) => row.send(act, loan, reason);
  if (!row.question)
    return <ImmediateButton label={label} send={send} {...look} />;

  const { text, reason, ...words } = row.question(factsOf(loan));
  return (
    <ConfirmButton
      {...words}
      {...look}
      label={label}
      text={renderIsolates(text)}
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

/** Button that runs its action without a dialog, and is locked until the response arrives. */
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

const SETTLE_DISPUTE = graphql(
  `
    mutation SettleDispute($input: SettleDisputeInput!) {
      result: settleDispute(input: $input) {
        loan {
          ...LoanState_loan @unmask
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  LOAN_MUTATION_FRAGMENTS,
);

/** Buttons for the outcomes of a dispute. */
function SettleDispute({
  loan,
  act,
  ...look
}: {
  loan: LoanActions_LoanFragment;
  act: ActOnLoan;
} & ButtonLook) {
  const outcomes: DisputeOutcome[] = ['RETURNED', 'DAMAGED', 'LOST'];
  return outcomes.map((outcome) => {
    const { done, agreement, ...words } = disputeOutcome(outcome);
    return (
      <ConfirmButton
        key={outcome}
        {...words}
        {...look}
        variant="default"
        cancelLabel={t('loans.notYet')}
        reason={{ ...agreement, maxLength: 1000 }}
        onConfirm={(text) =>
          act(
            SETTLE_DISPUTE,
            { loanId: loan.id, outcome, agreement: text || null },
            done,
          )
        }
      />
    );
  });
}

/** The calendar is large and rarely needed. */
const ExtensionForm = lazy(async () => ({
  default: (await import('./ExtensionForm')).ExtensionForm,
}));

/** Button that requests an extension, in a dialog with a calendar. */
function ExtendLoan({
  loan,
  ...look
}: {
  loan: LoanActions_LoanFragment;
} & ButtonLook) {
  const [isAsking, { open, close }] = useDisclosure();
  return (
    <>
      <Button {...look} onClick={open}>
        {t('loans.action.REQUEST_EXTENSION')}
      </Button>
      <Dialog
        opened={isAsking}
        onClose={close}
        title={t('loans.action.REQUEST_EXTENSION')}
      >
        <Suspense fallback={<Skeleton height={320} />}>
          <ExtensionForm loan={loan} onClose={close} />
        </Suspense>
      </Dialog>
    </>
  );
}
