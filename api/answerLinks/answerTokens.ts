import { validate as isUuid } from 'uuid';
import type { LoanAction } from '../loans/loan.entity';
import type { Signatures } from '../signatures';

/** Answers that a link can give. */
export const ANSWERS = [
  'APPROVE',
  'DECLINE',
  'APPROVE_EXTENSION',
  'DECLINE_EXTENSION',
] as const satisfies readonly LoanAction[];

/** Answer of an owner to a borrower. */
export type Answer = (typeof ANSWERS)[number];

/** Answer of a link, and the loan in the state for which it holds. */
export type AnswerClaim = {
  loanId: string;
  /** Version of the loan when the link was made: every change makes the link void. */
  version: number;
  answer: Answer;
};

/**
 * Creates the signed token of an answer link. It names no expiry, as it ends with the state of the loan for which
 * it holds. See docs/decisions/0036-answer-links.md.
 */
export const answerToken = (
  signatures: Signatures,
  claim: AnswerClaim,
): string =>
  `${claim.loanId}.${claim.version}.${claim.answer}.${signatures.sign('answer', textOf(claim))}`;

/**
 * Reads an answer token.
 * @returns null unless this server has made it
 */
export function readAnswerToken(
  signatures: Signatures,
  token: string,
): AnswerClaim | null {
  const [loanId = '', version = '', answer = '', signature = '', ...more] =
    token.split('.');
  if (more.length > 0 || !isUuid(loanId) || !/^[1-9]\d{0,8}$/.test(version))
    return null;
  if (!isAnswer(answer)) return null;
  const claim = { loanId, version: Number(version), answer };
  return signatures.verify('answer', textOf(claim), signature) ? claim : null;
}

const textOf = ({ loanId, version, answer }: AnswerClaim) =>
  `${loanId} ${version} ${answer}`;

const isAnswer = (text: string): text is Answer =>
  (ANSWERS as readonly string[]).includes(text);
