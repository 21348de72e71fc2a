import type { AnswerableRequest } from '../answerLinks/answerLinks.reads';
import type { UserErrorCode } from '../errors';
import type { Caller } from './testApp';

/** A link to an answer as its holder sees it. */
export type SeenAnswerLink = {
  action: string;
  loanId: string;
  problem: string | null;
  request: AnswerableRequest | null;
};

/** Looks up the link of a token. */
export async function seeAnswerLink(
  caller: Caller,
  token: string,
): Promise<SeenAnswerLink | null> {
  const { data } = await caller.run<
    { answerLink: SeenAnswerLink | null },
    { token: string }
  >(
    `query ($token: String!) { answerLink(token: $token) {
      action loanId problem request { itemTitle borrowerName startDate dueDate } } }`,
    { token },
  );
  return data.answerLink;
}

/** Payload of `answerLoan`. */
export type AnswerLoanPayload = {
  action: string | null;
  loanId: string | null;
  errors: { code: UserErrorCode; message: string; field: string[] | null }[];
};

/** Gives the answer of a token. */
export async function useAnswerLink(
  caller: Caller,
  token: string,
): Promise<AnswerLoanPayload> {
  const { data } = await caller.run<
    { answerLoan: AnswerLoanPayload },
    { token: string }
  >(
    `mutation ($token: String!) { answerLoan(input: { token: $token }) {
      action loanId errors { code message field } } }`,
    { token },
  );
  return data.answerLoan;
}

/** Returns the token in the address of a link. */
export const tokenOf = (url = ''): string => url.split('#token=')[1] ?? '';
