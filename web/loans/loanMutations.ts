import { gql } from '@apollo/client';
import type { TypedDocumentNode } from '@apollo/client';
import type {
  ApproveLoanMutation,
  ApproveLoanMutationVariables,
  DeclineLoanMutation,
  DeclineLoanMutationVariables,
  CancelLoanMutation,
  CancelLoanMutationVariables,
  HandOverLoanMutation,
  HandOverLoanMutationVariables,
  ClaimReturnMutation,
  ClaimReturnMutationVariables,
  ConfirmReturnMutation,
  ConfirmReturnMutationVariables,
  DisputeLoanMutation,
  DisputeLoanMutationVariables,
  SettleDisputeMutation,
  SettleDisputeMutationVariables,
  RequestExtensionMutation,
  RequestExtensionMutationVariables,
  ApproveExtensionMutation,
  ApproveExtensionMutationVariables,
  DeclineExtensionMutation,
  DeclineExtensionMutationVariables,
  CancelExtensionMutation,
  CancelExtensionMutationVariables,
} from '../generated/types';
import { LOAN_STATE } from './loanState';

// One for each action on a loan. All answer with `result`, so that they can be treated alike.

/** Promises the item. */
export const APPROVE_LOAN: TypedDocumentNode<
  ApproveLoanMutation,
  ApproveLoanMutationVariables
> = gql`
  mutation ApproveLoan($input: ApproveLoanInput!) {
    result: approveLoan(input: $input) {
      loan {
        id
        status
        ...LoanState_loan
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${LOAN_STATE}
`;

/** Says no to a request. */
export const DECLINE_LOAN: TypedDocumentNode<
  DeclineLoanMutation,
  DeclineLoanMutationVariables
> = gql`
  mutation DeclineLoan($input: DeclineLoanInput!) {
    result: declineLoan(input: $input) {
      loan {
        id
        status
        ...LoanState_loan
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${LOAN_STATE}
`;

/** Takes back a request, or calls off a promise. */
export const CANCEL_LOAN: TypedDocumentNode<
  CancelLoanMutation,
  CancelLoanMutationVariables
> = gql`
  mutation CancelLoan($input: CancelLoanInput!) {
    result: cancelLoan(input: $input) {
      loan {
        id
        status
        ...LoanState_loan
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${LOAN_STATE}
`;

/** The borrower has it now. */
export const HAND_OVER_LOAN: TypedDocumentNode<
  HandOverLoanMutation,
  HandOverLoanMutationVariables
> = gql`
  mutation HandOverLoan($input: HandOverLoanInput!) {
    result: handOverLoan(input: $input) {
      loan {
        id
        status
        ...LoanState_loan
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${LOAN_STATE}
`;

/** The borrower says that it is back. */
export const CLAIM_RETURN: TypedDocumentNode<
  ClaimReturnMutation,
  ClaimReturnMutationVariables
> = gql`
  mutation ClaimReturn($input: ClaimReturnInput!) {
    result: claimReturn(input: $input) {
      loan {
        id
        status
        ...LoanState_loan
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${LOAN_STATE}
`;

/** The owner says that it is back. */
export const CONFIRM_RETURN: TypedDocumentNode<
  ConfirmReturnMutation,
  ConfirmReturnMutationVariables
> = gql`
  mutation ConfirmReturn($input: ConfirmReturnInput!) {
    result: confirmReturn(input: $input) {
      loan {
        id
        status
        ...LoanState_loan
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${LOAN_STATE}
`;

/** Something went wrong. */
export const DISPUTE_LOAN: TypedDocumentNode<
  DisputeLoanMutation,
  DisputeLoanMutationVariables
> = gql`
  mutation DisputeLoan($input: DisputeLoanInput!) {
    result: disputeLoan(input: $input) {
      loan {
        id
        status
        ...LoanState_loan
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${LOAN_STATE}
`;

/** Says how a dispute ended. */
export const SETTLE_DISPUTE: TypedDocumentNode<
  SettleDisputeMutation,
  SettleDisputeMutationVariables
> = gql`
  mutation SettleDispute($input: SettleDisputeInput!) {
    result: settleDispute(input: $input) {
      loan {
        id
        status
        ...LoanState_loan
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${LOAN_STATE}
`;

/** Asks to keep it longer. */
export const REQUEST_EXTENSION: TypedDocumentNode<
  RequestExtensionMutation,
  RequestExtensionMutationVariables
> = gql`
  mutation RequestExtension($input: RequestExtensionInput!) {
    result: requestExtension(input: $input) {
      loan {
        id
        status
        ...LoanState_loan
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${LOAN_STATE}
`;

/** Lets the borrower keep it longer. */
export const APPROVE_EXTENSION: TypedDocumentNode<
  ApproveExtensionMutation,
  ApproveExtensionMutationVariables
> = gql`
  mutation ApproveExtension($input: ApproveExtensionInput!) {
    result: approveExtension(input: $input) {
      loan {
        id
        status
        ...LoanState_loan
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${LOAN_STATE}
`;

/** Says no to a longer loan. */
export const DECLINE_EXTENSION: TypedDocumentNode<
  DeclineExtensionMutation,
  DeclineExtensionMutationVariables
> = gql`
  mutation DeclineExtension($input: DeclineExtensionInput!) {
    result: declineExtension(input: $input) {
      loan {
        id
        status
        ...LoanState_loan
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${LOAN_STATE}
`;

/** Takes back the wish to keep it longer. */
export const CANCEL_EXTENSION: TypedDocumentNode<
  CancelExtensionMutation,
  CancelExtensionMutationVariables
> = gql`
  mutation CancelExtension($input: CancelExtensionInput!) {
    result: cancelExtension(input: $input) {
      loan {
        id
        status
        ...LoanState_loan
      }
      errors {
        code
        message
        field
      }
    }
  }
  ${LOAN_STATE}
`;
