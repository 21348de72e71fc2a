import { graphql } from '../apollo/graphql';
import { LOAN_MUTATION_FRAGMENTS } from './useLoanMutation';

/** Asks the borrower of an overdue loan for the item. */
export const REMIND_BORROWER = graphql(
  `
    mutation RemindBorrower($input: RemindBorrowerInput!) {
      result: remindBorrower(input: $input) {
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
