import type { LoanActions_LoanFragment } from '../generated/types';
import { factsOf } from './loanMessages';
import type { LoanFacts, MessageOf } from './loanMessages';
import type { ActOnLoan, LoanMutation } from './useLoanMutation';

/** Confirmation that a dialog asks for before an action runs. */
type Question = {
  title: string;
  text: string;
  confirmLabel: string;
  cancelLabel: string;
  /** The reason to ask for; an owner has to give one when they break a promise. */
  reason: null | { label: string; required: 'never' | 'always' | 'byOwner' };
};

/** One action on a loan: its confirmation, its mutation and its toast. */
type Row<Input> = {
  /** Shown with less weight, since it breaks something off. */
  isSubtle?: boolean;
  /** Null where the action runs at once. */
  question: null | ((facts: LoanFacts) => Question);
  mutation: LoanMutation<Input>;
  /** Input of the mutation. `reason` is empty where none was given. */
  input: (loan: LoanActions_LoanFragment, reason: string) => Input;
  /** Toast after the action has succeeded. */
  done: MessageOf;
};

/** A row of the table with its mutation bound. */
export type SimpleLoanAction = Pick<Row<unknown>, 'isSubtle' | 'question'> & {
  send: (
    act: ActOnLoan,
    loan: LoanActions_LoanFragment,
    reason: string,
  ) => ReturnType<ActOnLoan>;
};

/** Hides the type of a row's input, so that all rows have one type. */
export function action<Input>(row: Row<Input>): SimpleLoanAction {
  const { isSubtle, question, mutation, input, done } = row;
  return {
    isSubtle,
    question,
    send: (act, loan, reason) =>
      act(mutation, input(loan, reason), done(factsOf(loan))),
  };
}
