import type { EntityManager } from '../database/orm';
import type { Reads } from '../database/reads';
import { UserErrors } from '../errors';
import { changeLoan, LoanConflict } from '../loans/changeLoan';
import { extend, refuseToExtend } from '../loans/extensions';
import { refusal, type LoanFacts, type Refusal } from '../loans/loanRules';
import { approve, decline } from '../loans/loans';
import type { Signatures } from '../signatures';
import {
  readAnswerableRequest,
  readFactsOfOwner,
  type AnswerableRequest,
} from './answerLinks.reads';
import { readAnswerToken, type Answer, type AnswerClaim } from './answerTokens';

/** Link as its holder sees it: a request, or the reason why the link cannot be used. */
export type AnswerLink = {
  action: Answer;
  loanId: string;
  request: AnswerableRequest | null;
  problem: string | null;
};

/** Applies each answer, within the transaction of `changeLoan`. */
const APPLY: Record<
  Answer,
  (em: EntityManager, loan: LoanFacts) => Promise<void>
> = {
  APPROVE: approve,
  DECLINE: decline,
  APPROVE_EXTENSION: extend,
  DECLINE_EXTENSION: refuseToExtend,
};

/** Looks up a link, and changes nothing: mail scanners open links. @returns null for a wrong token */
export async function readAnswerLink(
  { reads, signatures }: { reads: Reads; signatures: Signatures },
  token: string,
): Promise<AnswerLink | null> {
  const claim = readAnswerToken(signatures, token);
  const loan = claim && (await readFactsOfOwner(reads, claim.loanId));
  if (!loan) return null;
  const problem = problemOf(loan, claim, new Date());
  return {
    action: claim.answer,
    loanId: claim.loanId,
    request: problem ? null : await readAnswerableRequest(reads, loan),
    problem: problem?.message ?? null,
  };
}

/**
 * Answers a request for its owner.
 * @param token the only authority needed: whoever holds it may give this one answer
 * @throws UserErrors INVALID for a wrong token; CONFLICT, NOT_ALLOWED where it cannot be used; LoanConflict
 */
export async function answerLoan(
  {
    em,
    reads,
    signatures,
  }: { em: EntityManager; reads: Reads; signatures: Signatures },
  token: string,
): Promise<AnswerClaim> {
  const claim = readAnswerToken(signatures, token);
  const loan = claim && (await readFactsOfOwner(reads, claim.loanId));
  if (!loan) throw wrongToken();
  const problem = problemOf(loan, claim, new Date());
  if (problem) throw new UserErrors({ ...problem, field: ['token'] });
  const { loanId, answer, version } = claim;
  await changeLoan(
    em,
    loan.ownerId,
    answer,
    loanId,
    async (em, loan) => {
      // Another click on the same link was faster.
      if (loan.version !== version) throw new LoanConflict(loanId);
      await APPLY[answer](em, loan);
    },
    wrongToken,
  );
  return claim;
}

const wrongToken = () =>
  new UserErrors({
    code: 'INVALID',
    message: 'This link is not complete',
    field: ['token'],
  });

/** Returns why an answer cannot be given now; null where it can. */
function problemOf(
  loan: LoanFacts,
  { answer, version }: AnswerClaim,
  now: Date,
): Refusal | null {
  if (loan.version === version) return refusal(loan, answer, now);
  return { code: 'CONFLICT', message: changeOf(loan, answer) };
}

/** Says what has become of a request since its link was made. */
function changeOf({ status, extensionId }: LoanFacts, answer: Answer): string {
  const isExtension =
    answer === 'APPROVE_EXTENSION' || answer === 'DECLINE_EXTENSION';
  const isOpen = isExtension ? extensionId !== null : status === 'REQUESTED';
  if (isOpen) return 'This loan has changed since the link was sent';
  if (isExtension) return 'This request was answered or withdrawn already';
  if (status === 'EXPIRED') return 'This request has expired';
  if (status === 'CANCELLED') return 'This loan was called off';
  return 'This request was answered already';
}
