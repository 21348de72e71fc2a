import type { EntityManager } from '../database/orm';
import type { Reads } from '../database/reads';
import { UserErrors } from '../errors';
import { text, type Text } from '../language/text';
import { changeLoan, LoanConflict } from '../loans/changeLoan';
import { extend, refuseToExtend } from '../loans/extensions';
import { refusal, type LoanFacts, type Refusal } from '../loans/loanRules';
import { approve, decline } from '../loans/loans';
import type { NotificationKind } from '../notifications/notification.entity';
import { notify } from '../notifications/notifications';
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
  problem: Text | null;
};

/** How each answer is applied within the transaction of `changeLoan`, and what both sides are told. */
const ANSWERING: Record<
  Answer,
  {
    apply: (em: EntityManager, loan: LoanFacts) => Promise<void>;
    kind: NotificationKind;
  }
> = {
  APPROVE: { apply: approve, kind: 'LOAN_APPROVED' },
  DECLINE: { apply: decline, kind: 'LOAN_DECLINED' },
  APPROVE_EXTENSION: { apply: extend, kind: 'EXTENSION_APPROVED' },
  DECLINE_EXTENSION: { apply: refuseToExtend, kind: 'EXTENSION_DECLINED' },
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
 * @throws UserErrors INVALID for a wrong token; CONFLICT, NOT_ALLOWED where it cannot be used
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
  try {
    await changeLoan(
      em,
      loan.ownerId,
      claim.answer,
      claim.loanId,
      (em, loan) => answer(em, loan, claim),
      wrongToken,
    );
  } catch (error) {
    if (!(error instanceof LoanConflict)) throw error;
    // Another answer was faster.
    const message = changeOf(
      (await readFactsOfOwner(reads, claim.loanId)) ?? loan,
      claim.answer,
    );
    throw new UserErrors({ code: 'CONFLICT', message, field: ['token'] });
  }
  return claim;
}

async function answer(
  em: EntityManager,
  loan: LoanFacts,
  claim: AnswerClaim,
): Promise<void> {
  if (loan.version !== claim.version) throw new LoanConflict(loan.id);
  const { apply, kind } = ANSWERING[claim.answer];
  await apply(em, loan);
  // The link may have been used by somebody else: the owner can undo it.
  await notify(em, {
    kind,
    recipientId: loan.ownerId,
    actorId: null,
    loanId: loan.id,
    neighborhoodId: loan.neighborhoodId,
  });
}

const wrongToken = () =>
  new UserErrors({
    code: 'INVALID',
    message: text('errors.linkIncomplete'),
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
function changeOf({ status, extensionId }: LoanFacts, answer: Answer): Text {
  const isExtension =
    answer === 'APPROVE_EXTENSION' || answer === 'DECLINE_EXTENSION';
  const isOpen = isExtension ? extensionId !== null : status === 'REQUESTED';
  if (isOpen) return text('answerLinks.changed');
  if (isExtension) return text('answerLinks.answeredOrWithdrawn');
  if (status === 'EXPIRED') return text('loans.requestExpired');
  if (status === 'CANCELLED') return text('answerLinks.withdrawn');
  if (status === 'DECLINED') return text('answerLinks.declinedOrTaken');
  return text('answerLinks.answered');
}
