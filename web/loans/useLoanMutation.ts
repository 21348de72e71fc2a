import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import type { LoanStatus, UserError } from '../generated/types';
import { LOAN_STATE, refetchDependentQueries } from './loanState';
import { LOAN_STATUS_LABELS } from './loanMessages';
import { toastDone, toastProblem } from '../ui/toast';

/** Fragments that every mutation of a loan selects. */
export const LOAN_MUTATION_FRAGMENTS = [LOAN_STATE, USER_ERROR_FIELDS];

type Errors = readonly Pick<UserError, 'code' | 'message' | 'field'>[];

/** A mutation of a loan, with its payload as `result`, so that all are handled alike. */
export type LoanMutation<Input> = TypedDocumentNode<
  { result: { loan: { status: LoanStatus } | null; errors: Errors } | null },
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
  return async (mutation, input, done) => {
    const { data } = await client.mutate({ mutation, variables: { input } });
    const { loan, errors = [] } = data?.result ?? {};
    void refetchDependentQueries(client);

    const [problem] = errors;
    if (!problem) {
      toastDone(done);
      return [];
    }
    if (problem.code !== 'CONFLICT' || !loan) return errors;
    // The button that did it may be gone, and a dialog with it: a toast stays.
    toastProblem(
      loan.status === before
        ? problem.message
        : `This has just changed. It is now: ${LOAN_STATUS_LABELS[loan.status].label}.`,
    );
    return [];
  };
}
