import { graphql } from '../apollo/graphql';
import { t } from '../languages/texts';
import type { LoanAction, LoanActions_LoanFragment } from '../generated/types';
import type { SimpleLoanAction } from './loanActionRow';
import { action } from './loanActionRow';
import { REMIND_BORROWER } from './remindBorrower';
import { LOAN_MUTATION_FRAGMENTS, UNDO_LOAN_STEP } from './useLoanMutation';

const loanInput = (loan: LoanActions_LoanFragment) => ({ loanId: loan.id });

const extensionInput = ({ extension }: LoanActions_LoanFragment) => ({
  extensionId: extension?.id ?? '',
});

/**
 * All actions on a loan, in the order of their buttons. A new action is one row. `'form'` marks
 * the actions that have a form of their own in `LoanActions`.
 */
export const LOAN_ACTIONS: Record<
  Exclude<LoanAction, 'SEND_MESSAGE'>,
  SimpleLoanAction | 'form'
> = {
  APPROVE: action({
    done: ({ borrower }) => t('loans.done.APPROVE', { borrower }),
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
    done: ({ borrower }) => t('loans.done.DECLINE', { borrower }),
    question: ({ borrower }) => ({
      title: t('loans.declineTitle'),
      text: t('loans.declineText', { borrower }),
      confirmLabel: t('loans.declineConfirm'),
      cancelLabel: t('loans.notYet'),
      reason: { label: t('loans.whyOptional'), required: 'never' },
    }),
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
    done: ({ borrower, due }) => t('loans.done.HAND_OVER', { borrower, due }),
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
    done: ({ borrower }) => t('loans.done.APPROVE_EXTENSION', { borrower }),
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
    done: ({ due }) => t('loans.done.DECLINE_EXTENSION', { due }),
    question: ({ borrower, due }) => ({
      title: t('loans.declineExtensionTitle'),
      text: t('loans.declineExtensionText', { borrower, due }),
      confirmLabel: t('loans.action.DECLINE_EXTENSION'),
      cancelLabel: t('loans.notYet'),
      reason: null,
    }),
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
    done: ({ borrower }) => t('loans.done.REMIND', { borrower }),
    question: null,
    mutation: REMIND_BORROWER,
    input: loanInput,
  }),
  CONFIRM_RETURN: action({
    done: () => t('loans.done.CONFIRM_RETURN'),
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
    done: ({ owner }) => t('loans.done.CLAIM_RETURN', { owner }),
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
    isSubtle: true,
    done: ({ due }) => t('loans.done.CANCEL_EXTENSION', { due }),
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
    isSubtle: true,
    done: () => t('loans.done.CANCEL'),
    question: () => ({
      title: t('loans.cancelTitle'),
      text: t('loans.cancelText'),
      confirmLabel: t('loans.action.CANCEL'),
      cancelLabel: t('loans.keepLoan'),
      reason: { label: t('loans.why'), required: 'byOwner' },
    }),
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
    isSubtle: true,
    done: () => t('loans.done.DISPUTE'),
    question: () => ({
      title: t('loans.disputeTitle'),
      text: t('loans.disputeText'),
      confirmLabel: t('loans.disputeConfirm'),
      cancelLabel: t('loans.disputeCancel'),
      reason: { label: t('loans.whatHappened'), required: 'always' },
    }),
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
    isSubtle: true,
    done: () => t('loans.done.UNDO'),
    question: null,
    mutation: UNDO_LOAN_STEP,
    input: loanInput,
  }),
};
