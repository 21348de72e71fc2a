import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import type { LoanStatus, UserError } from '../generated/types';
import { refetchDependentQueries } from './loanState';
import { LOAN_STATUS_LABELS } from './loanMessages';
import { toastDone, toastProblem } from '../ui/toast';

/** What every mutation in `loanMutations` answers. */
type LoanMutationData = {
  result: {
    loan: { status: LoanStatus } | null;
    errors: readonly Pick<UserError, 'code' | 'message' | 'field'>[];
  } | null;
};

/** How to do something with a loan, and what to say when it is done. */
export type ActOnLoan = <Input>(
  mutation: TypedDocumentNode<LoanMutationData, { input: Input }>,
  input: Input,
  done: string,
) => Promise<readonly Pick<UserError, 'code' | 'message' | 'field'>[]>;

/**
 * Does something with a loan and says so. Where somebody else was faster, the page shows the
 * loan as they left it, and that is said instead: there is nothing here to put right.
 * @param before the loan's status as the page shows it
 * @returns a function that gives what the API turned down, and throws what keeps it from answering
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
        : `Somebody was faster. This is how it stands now: ${LOAN_STATUS_LABELS[loan.status].label}.`,
    );
    return [];
  };
}
