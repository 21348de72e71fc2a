import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { graphql } from '../apollo/graphql';
import type { LoanAction, LoanStatus, UserError } from '../generated/types';
import { LOAN_STATE, refetchDependentQueries } from './loanState';
import { t } from '../languages/texts';
import { runAction } from '../ui/useAction';
import { toastDone, toastProblem, toastUndoable } from '../ui/toast';

/** Fragments that every mutation of a loan selects. */
export const LOAN_MUTATION_FRAGMENTS = [LOAN_STATE, USER_ERROR_FIELDS];

/** Takes back the last step of a loan. */
export const UNDO_LOAN_STEP = graphql(
  `
    mutation UndoLoanStep($input: UndoLoanStepInput!) {
      result: undoLoanStep(input: $input) {
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

type Errors = readonly Pick<UserError, 'code' | 'message' | 'field'>[];

/** A mutation of a loan, with its payload as `result`, so that all are handled alike. */
export type LoanMutation<Input> = TypedDocumentNode<
  {
    result: {
      loan: {
        id: string;
        status: LoanStatus;
        viewerActions: readonly LoanAction[];
      } | null;
      errors: Errors;
    } | null;
  },
  { input: Input }
>;

/** Runs a mutation of a loan, and shows the toast `done` once it has succeeded. */
export type ActOnLoan = <Input>(
  mutation: LoanMutation<Input>,
  input: Input,
  done: string,
) => Promise<Errors>;

/**
 * Runs mutations of a loan and shows their outcome as a toast. On a conflict the page already
 * shows the loan's new state, so the toast says so instead: there is no input to correct.
 * @param before the loan's status as the page shows it
 * @returns a function that resolves to the API's errors, and rejects if there is no response
 */
export function useLoanMutation(before: LoanStatus): ActOnLoan {
  const client = useApolloClient();
  const actOn =
    (before: LoanStatus): ActOnLoan =>
    async (mutation, input, done) => {
      const { data } = await client.mutate({ mutation, variables: { input } });
      const { loan, errors = [] } = data?.result ?? {};
      void refetchDependentQueries(client);

      const [problem] = errors;
      if (!problem) {
        if (loan?.viewerActions.includes('UNDO'))
          toastUndoable(done, () =>
            runAction(() =>
              actOn(loan.status)(
                UNDO_LOAN_STEP,
                { loanId: loan.id },
                t('loans.done.UNDO'),
              ),
            ),
          );
        else toastDone(done);
        return [];
      }
      if (problem.code !== 'CONFLICT' || !loan) return errors;
      // The button that did it may be gone, and a dialog with it: a toast stays.
      toastProblem(
        loan.status === before
          ? problem.message
          : t('loans.justChanged', { status: t(`loans.label.${loan.status}`) }),
      );
      return [];
    };
  return actOn(before);
}
