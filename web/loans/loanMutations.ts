import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { LOAN_STATE } from './loanState';

// One for each action on a loan. All answer with `result`, so that they can be treated alike.

/** Promises the item. */
export const APPROVE_LOAN = graphql(
  `
    mutation ApproveLoan($input: ApproveLoanInput!) {
      result: approveLoan(input: $input) {
        loan {
          id
          status
          ...LoanState_loan
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [LOAN_STATE, USER_ERROR_FIELDS],
);

/** Says no to a request. */
export const DECLINE_LOAN = graphql(
  `
    mutation DeclineLoan($input: DeclineLoanInput!) {
      result: declineLoan(input: $input) {
        loan {
          id
          status
          ...LoanState_loan
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [LOAN_STATE, USER_ERROR_FIELDS],
);

/** Takes back a request, or calls off a promise. */
export const CANCEL_LOAN = graphql(
  `
    mutation CancelLoan($input: CancelLoanInput!) {
      result: cancelLoan(input: $input) {
        loan {
          id
          status
          ...LoanState_loan
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [LOAN_STATE, USER_ERROR_FIELDS],
);

/** The borrower has it now. */
export const HAND_OVER_LOAN = graphql(
  `
    mutation HandOverLoan($input: HandOverLoanInput!) {
      result: handOverLoan(input: $input) {
        loan {
          id
          status
          ...LoanState_loan
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [LOAN_STATE, USER_ERROR_FIELDS],
);

/** The borrower says that it is back. */
export const CLAIM_RETURN = graphql(
  `
    mutation ClaimReturn($input: ClaimReturnInput!) {
      result: claimReturn(input: $input) {
        loan {
          id
          status
          ...LoanState_loan
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [LOAN_STATE, USER_ERROR_FIELDS],
);

/** The owner says that it is back. */
export const CONFIRM_RETURN = graphql(
  `
    mutation ConfirmReturn($input: ConfirmReturnInput!) {
      result: confirmReturn(input: $input) {
        loan {
          id
          status
          ...LoanState_loan
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [LOAN_STATE, USER_ERROR_FIELDS],
);

/** Something went wrong. */
export const DISPUTE_LOAN = graphql(
  `
    mutation DisputeLoan($input: DisputeLoanInput!) {
      result: disputeLoan(input: $input) {
        loan {
          id
          status
          ...LoanState_loan
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [LOAN_STATE, USER_ERROR_FIELDS],
);

/** Says how a dispute ended. */
export const SETTLE_DISPUTE = graphql(
  `
    mutation SettleDispute($input: SettleDisputeInput!) {
      result: settleDispute(input: $input) {
        loan {
          id
          status
          ...LoanState_loan
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [LOAN_STATE, USER_ERROR_FIELDS],
);

/** Asks to keep it longer. */
export const REQUEST_EXTENSION = graphql(
  `
    mutation RequestExtension($input: RequestExtensionInput!) {
      result: requestExtension(input: $input) {
        loan {
          id
          status
          ...LoanState_loan
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [LOAN_STATE, USER_ERROR_FIELDS],
);

/** Lets the borrower keep it longer. */
export const APPROVE_EXTENSION = graphql(
  `
    mutation ApproveExtension($input: ApproveExtensionInput!) {
      result: approveExtension(input: $input) {
        loan {
          id
          status
          ...LoanState_loan
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [LOAN_STATE, USER_ERROR_FIELDS],
);

/** Says no to a longer loan. */
export const DECLINE_EXTENSION = graphql(
  `
    mutation DeclineExtension($input: DeclineExtensionInput!) {
      result: declineExtension(input: $input) {
        loan {
          id
          status
          ...LoanState_loan
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [LOAN_STATE, USER_ERROR_FIELDS],
);

/** Takes back the wish to keep it longer. */
export const CANCEL_EXTENSION = graphql(
  `
    mutation CancelExtension($input: CancelExtensionInput!) {
      result: cancelExtension(input: $input) {
        loan {
          id
          status
          ...LoanState_loan
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [LOAN_STATE, USER_ERROR_FIELDS],
);
