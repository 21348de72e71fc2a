import { graphql } from '../apollo/graphql';
import type { LoanAction, LoanActions_LoanFragment } from '../generated/types';
import type { SimpleLoanAction } from './loanActionRow';
import { action } from './loanActionRow';
import { REMIND_BORROWER } from './remindBorrower';
import {
  LOAN_MUTATION_FRAGMENTS,
  UNDO_LOAN_STEP,
  UNDONE,
} from './useLoanMutation';

const loanInput = (loan: LoanActions_LoanFragment) => ({ loanId: loan.id });

const extensionInput = ({ extension }: LoanActions_LoanFragment) => ({
  extensionId: extension?.id ?? '',
});

const optionalReason = {
  label: 'Why? (optional)',
  required: 'never',
} as const;

/**
 * All actions on a loan, in the order of their buttons. A new action is one row. `'form'` marks
 * the actions that have a form of their own in `LoanActions`.
 */
export const LOAN_ACTIONS: Record<
  Exclude<LoanAction, 'SEND_MESSAGE'>,
  SimpleLoanAction | 'form'
> = {
  APPROVE: action({
    label: 'Approve',
    done: ({ borrower }) => `Promised! We let ${borrower} know.`,
    question: null,
    mutation: graphql(
      `
        mutation ApproveLoan($input: ApproveLoanInput!) {
          result: approveLoan(input: $input) {
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
    ),
    input: loanInput,
  }),
  DECLINE: action({
    label: 'Decline',
    done: ({ borrower }) => `Declined. We let ${borrower} know.`,
    question: {
      title: 'Decline this request?',
      text: ({ borrower }) =>
        `${borrower} will be notified and can read what you write.`,
      confirmLabel: 'Decline it',
      cancelLabel: 'Not yet',
      reason: optionalReason,
    },
    mutation: graphql(
      `
        mutation DeclineLoan($input: DeclineLoanInput!) {
          result: declineLoan(input: $input) {
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
    ),
    input: (loan, reason) => ({ loanId: loan.id, reason: reason || null }),
  }),
  HAND_OVER: action({
    label: 'I have handed it over',
    done: ({ borrower, due }) => `${borrower} has it now. It is due ${due}.`,
    question: null,
    mutation: graphql(
      `
        mutation HandOverLoan($input: HandOverLoanInput!) {
          result: handOverLoan(input: $input) {
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
    ),
    input: loanInput,
  }),
  APPROVE_EXTENSION: action({
    label: 'Let them keep it',
    done: ({ borrower }) => `${borrower} can keep it longer. We let them know.`,
    question: null,
    mutation: graphql(
      `
        mutation ApproveExtension($input: ApproveExtensionInput!) {
          result: approveExtension(input: $input) {
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
    ),
    input: extensionInput,
  }),
  DECLINE_EXTENSION: action({
    label: 'Say no',
    done: ({ due }) => `It stays due ${due}.`,
    question: {
      title: 'Say no to a longer loan?',
      text: ({ borrower, due }) =>
        `It stays due ${due}. We let ${borrower} know.`,
      confirmLabel: 'Say no',
      cancelLabel: 'Not yet',
      reason: null,
    },
    mutation: graphql(
      `
        mutation DeclineExtension($input: DeclineExtensionInput!) {
          result: declineExtension(input: $input) {
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
    ),
    input: extensionInput,
  }),
  REMIND: action({
    label: 'Send a reminder',
    done: ({ borrower }) => `We reminded ${borrower}.`,
    question: null,
    mutation: REMIND_BORROWER,
    input: loanInput,
  }),
  CONFIRM_RETURN: action({
    label: 'Confirm that it is back',
    done: () => 'It is back, and free for the next neighbor.',
    question: null,
    mutation: graphql(
      `
        mutation ConfirmReturn($input: ConfirmReturnInput!) {
          result: confirmReturn(input: $input) {
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
    ),
    input: loanInput,
  }),
  SETTLE_DISPUTE: 'form',
  CLAIM_RETURN: action({
    label: 'I brought it back',
    done: ({ owner }) => `Thank you! ${owner} is asked to confirm.`,
    question: null,
    mutation: graphql(
      `
        mutation ClaimReturn($input: ClaimReturnInput!) {
          result: claimReturn(input: $input) {
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
    ),
    input: loanInput,
  }),
  REQUEST_EXTENSION: 'form',
  CANCEL_EXTENSION: action({
    label: 'I do not need it longer',
    isSubtle: true,
    done: ({ due }) => `OK: it stays due ${due}.`,
    question: null,
    mutation: graphql(
      `
        mutation CancelExtension($input: CancelExtensionInput!) {
          result: cancelExtension(input: $input) {
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
    ),
    input: extensionInput,
  }),
  CANCEL: action({
    label: 'Call it off',
    isSubtle: true,
    done: () => 'Called off. The days are free again.',
    question: {
      title: 'Call it off?',
      text: () =>
        'The other side will be notified, and the days are free again.',
      confirmLabel: 'Call it off',
      cancelLabel: 'Keep it',
      reason: { label: 'Why?', required: 'byOwner' },
    },
    mutation: graphql(
      `
        mutation CancelLoan($input: CancelLoanInput!) {
          result: cancelLoan(input: $input) {
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
    ),
    input: (loan, reason) => ({ loanId: loan.id, reason: reason || null }),
  }),
  DISPUTE: action({
    label: 'Something went wrong',
    isSubtle: true,
    done: () => 'We let the stewards know. They will help.',
    question: {
      title: 'What went wrong?',
      text: () =>
        'The other side and the stewards of your neighborhood read what you write, and the stewards help the two of you to settle it.',
      confirmLabel: 'Ask for help',
      cancelLabel: 'Never mind',
      reason: { label: 'What happened?', required: 'always' },
    },
    mutation: graphql(
      `
        mutation DisputeLoan($input: DisputeLoanInput!) {
          result: disputeLoan(input: $input) {
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
    ),
    input: (loan, reason) => ({ loanId: loan.id, reason }),
  }),
  UNDO: action({
    label: 'Undo the last step',
    isSubtle: true,
    done: () => UNDONE,
    question: null,
    mutation: UNDO_LOAN_STEP,
    input: loanInput,
  }),
};
