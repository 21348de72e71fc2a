import { validate as isUuid } from 'uuid';
import type { Signatures } from '../signatures';

/** In milliseconds. */
const DAY_MS = 24 * 60 * 60 * 1000;

/** Loan, and the side for whom its calendar file is. */
export type LoanFile = { loanId: string; userId: string };

/**
 * Creates the path of the calendar file of a loan. It is signed, as a browser that opens a file sends no
 * token, and valid until the end of the next day (UTC).
 */
export function toLoanFileUrl(
  signatures: Signatures,
  { loanId, userId }: LoanFile,
  now: Date,
): string {
  const end = (Math.floor(now.getTime() / DAY_MS) + 2) * DAY_MS;
  const expires = String(end / 1000);
  const signature = signatures.sign(
    'calendar',
    `${loanId} ${userId} ${expires}`,
  );
  return `/calendar/loans/${loanId}.ics?user=${userId}&expires=${expires}&signature=${signature}`;
}

/** The unchecked parts of a requested URL. */
export type LoanFileRequest = {
  loanId: string;
  query: { user?: unknown; expires?: unknown; signature?: unknown };
};

/** Returns the loan and the user of such a path; null where it is forged or has expired. */
export function fromLoanFileUrl(
  signatures: Signatures,
  { loanId, query: { user, expires, signature } }: LoanFileRequest,
  now: Date,
): LoanFile | null {
  if (
    typeof user !== 'string' ||
    typeof expires !== 'string' ||
    typeof signature !== 'string' ||
    !isUuid(loanId) ||
    !isUuid(user)
  )
    return null;
  const isOurs = signatures.verify(
    'calendar',
    `${loanId} ${user} ${expires}`,
    signature,
  );
  return isOurs && now.getTime() < Number(expires) * 1000
    ? { loanId, userId: user }
    : null;
}
